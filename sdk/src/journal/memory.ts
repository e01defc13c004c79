import type { Hex } from 'viem'
import type { SubmissionJournal, SubmissionRecord } from './types.ts'

/** Keeps records in this process: they do not survive it. */
export function createMemoryJournal(): SubmissionJournal {
  const records = new Map<Hex, SubmissionRecord>()
  return {
    async put(record) {
      records.set(record.id, record)
    },
    list: async () => [...records.values()],
    async delete(id) {
      records.delete(id)
    },
  }
}
