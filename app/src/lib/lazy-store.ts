import type { ContentStore } from '@datanets/sdk/storage'
import type { AppConfig } from './config.ts'

/** The content store, whose code is loaded when it is first used: most of it is for reading and cutting files. */
export function createLazyStore(config: AppConfig): ContentStore {
  let opening: Promise<ContentStore> | undefined
  const open = () => {
    opening ??= import('./store.ts').then(({ createAppStore }) => createAppStore(config))
    return opening
  }
  return {
    put: async (...args) => (await open()).put(...args),
    get: async (...args) => (await open()).get(...args),
    pin: async (...args) => (await open()).pin(...args),
    stat: async (...args) => (await open()).stat(...args),
    close: async () => (await opening)?.close(),
  }
}
