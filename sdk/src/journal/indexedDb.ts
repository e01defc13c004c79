import type { SubmissionJournal, SubmissionRecord } from './types.ts'

const storeName = 'submissions'

/** Keeps records in the browser's database, files included, so that a closed tab loses nothing. */
export function createBrowserJournal({ name = 'datanets' }: { name?: string | undefined } = {}): SubmissionJournal {
  let opening: Promise<Database> | undefined
  const database = () => {
    opening ??= openDatabase(name)
    return opening
  }
  return {
    async put(record) {
      await request((await database()).transaction(storeName, 'readwrite').objectStore(storeName).put(record))
    },
    async list() {
      return request<SubmissionRecord[]>((await database()).transaction(storeName).objectStore(storeName).getAll())
    },
    async delete(id) {
      await request((await database()).transaction(storeName, 'readwrite').objectStore(storeName).delete(id))
    },
  }
}

// The part of IndexedDB used here: the SDK is also compiled where the DOM's types are not.
type Request<result> = {
  result: result
  error: Error | null
  onsuccess: (() => void) | null
  onerror: (() => void) | null
}
type ObjectStore = {
  put: (value: unknown) => Request<unknown>
  getAll: () => Request<never>
  delete: (key: string) => Request<unknown>
}
type Database = {
  transaction: (name: string, mode?: 'readwrite') => { objectStore: (name: string) => ObjectStore }
  createObjectStore: (name: string, options: { keyPath: string }) => unknown
}
type OpenRequest = Request<Database> & { onupgradeneeded: (() => void) | null }

function openDatabase(name: string): Promise<Database> {
  const { indexedDB } = globalThis as unknown as { indexedDB: { open: (name: string, version: number) => OpenRequest } }
  const opening = indexedDB.open(name, 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore(storeName, { keyPath: 'id' })
  return request<Database>(opening)
}

function request<result>(asked: Request<result>): Promise<result> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })
}
