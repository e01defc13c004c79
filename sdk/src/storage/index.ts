export {
  ContentMalformedError,
  ContentMismatchError,
  ContentTimeoutError,
  ContentTooLargeError,
  ContentUnavailableError,
  MissingPackageError,
  StoreReadOnlyError,
  StoreRefusedError,
} from '../errors/storage.ts'
export { createBlockStore } from './blocks.ts'
export { createFallbackStore } from './fallback.ts'
export { createGatewayStore, type GatewayStoreParameters } from './gateway.ts'
export { createKuboStore, type KuboStoreParameters } from './kubo.ts'
export { createMemoryStore } from './memory.ts'
export type { BlockSource, ContentStat, ContentStore, GetOptions, PutCodec } from './types.ts'
