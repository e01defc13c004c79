/** What those who make runs and those who check them have in common: the blocks of a run, and how its figures follow. */
export { datasetsOnChain } from './chain/datasets-on-chain.ts'
export { hashName } from './chain/hashes.ts'
export { type AcceptedEntry, type AccruedLot, acceptedEntries } from './dataset/accepted.ts'
export type { DatanetLots, DatasetSource } from './dataset/build.ts'
export { DatasetMismatchError, DatasetUnavailableError } from './errors/dataset.ts'
export { RunBlockInvalidError } from './errors/formats.ts'
export * from './formats/index.ts'
export { type Canonical, canonicalDigest, canonicalJson } from './provenance/canonical.ts'
