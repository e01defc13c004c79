import type { LocalFile } from './files.ts'

const DATABASE = 'datanets-selection'
const STORE = 'files'
const KEY = 'chosen'
/** More than this is not kept: a day's limit is far below it. */
const MAX_BYTES = 200_000_000

function settle<result>(request: IDBRequest<result>): Promise<result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

async function storeOf(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const opening = indexedDB.open(DATABASE, 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE)
  return (await settle(opening)).transaction(STORE, mode).objectStore(STORE)
}

/** Keeps the chosen files in this browser, so that a reload loses none. What cannot be kept is simply chosen again. */
export async function keepFiles(files: readonly LocalFile[]): Promise<void> {
  const isTooMuch = files.reduce((sum, { bytes }) => sum + bytes.length, 0) > MAX_BYTES
  await settle((await storeOf('readwrite')).put(isTooMuch ? [] : files, KEY))
}

/** The files of the last visit that were not sent yet. */
export async function keptFiles(): Promise<LocalFile[]> {
  return (await settle<LocalFile[] | undefined>((await storeOf('readonly')).get(KEY))) ?? []
}
