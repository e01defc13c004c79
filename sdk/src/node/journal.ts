import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as dagJson from '@ipld/dag-json'
import type { Hex } from 'viem'
import { JournalCorruptError } from '../errors/journal.ts'
import type { SubmissionJournal, SubmissionRecord } from '../journal/types.ts'

/** Keeps records as files, one per submission, payloads included. A record is whole or absent, whenever power fails. */
export function createFileJournal({ dir }: { dir: string }): SubmissionJournal {
  const fileOf = (id: Hex) => join(dir, `${id}.json`)
  return {
    async put(record) {
      await mkdir(dir, { recursive: true })
      const file = fileOf(record.id)
      await writeDurably(`${file}.part`, encode(record))
      await rename(`${file}.part`, file)
      await syncFolder(dir)
    },
    async list() {
      const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return []
        throw error
      })
      const files = names.filter((name) => /^0x[0-9a-f]{64}\.json$/.test(name)).sort()
      return Promise.all(files.map(async (name) => decode(await readFile(join(dir, name)), join(dir, name))))
    },
    async delete(id) {
      await rm(fileOf(id), { force: true })
    },
  }
}

async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'w', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The rename itself must survive too. */
async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function encode(record: SubmissionRecord): Uint8Array {
  const { block, datanetId, transaction, ...rest } = record
  const sent = transaction && { hash: transaction.hash, ...(transaction.raw ? { raw: transaction.raw } : {}) }
  return dagJson.encode({
    ...rest,
    block: block.toString(),
    datanetId: datanetId.toString(),
    ...(sent ? { transaction: sent } : {}),
  })
}

function decode(bytes: Uint8Array, file: string): SubmissionRecord {
  try {
    const { block, datanetId, ...rest } = dagJson.decode<Record<string, unknown>>(bytes)
    return { ...rest, block: BigInt(block as string), datanetId: BigInt(datanetId as string) } as SubmissionRecord
  } catch (cause) {
    throw new JournalCorruptError({ file, cause })
  }
}
