import { type SubmissionJournal, type SubmitProgress, submit } from '@datanets/sdk'
import type { ContentStore } from '@datanets/sdk/storage'
import type { Client, Hex } from 'viem'
import type { LocalFile } from './files.ts'

/** How far one Datanet's transaction has come. */
export type Sending = {
  datanetId: bigint
  fileCount: number
  step: 'hashing' | 'checking' | 'wallet' | 'mining' | 'publishing' | 'done' | 'failed'
  published: number
  hash?: Hex | undefined
  error?: unknown
}

const NEXT: Record<Exclude<SubmitProgress['step'], 'published'>, Sending['step']> = {
  packed: 'checking',
  simulated: 'wallet',
  sent: 'mining',
  mined: 'publishing',
}

type SendParameters = {
  client: Client
  store: ContentStore
  journal: SubmissionJournal
  datanetId: bigint
  files: readonly LocalFile[]
  licence: string
  onChange: (change: Partial<Sending>) => void
}

/** Enters and publishes the files of one Datanet. Says whether it went well; what went wrong is in the change. */
export async function send({ client, store, journal, datanetId, files, licence, onChange }: SendParameters) {
  try {
    await submit(client, {
      datanetId,
      files: files.map(({ name, bytes }) => ({ name, bytes, licence })),
      store,
      journal,
      onProgress(progress) {
        if (progress.step === 'published') onChange({ published: progress.files })
        else onChange({ step: NEXT[progress.step], ...('hash' in progress ? { hash: progress.hash } : {}) })
      },
    })
    onChange({ step: 'done' })
    return true
  } catch (error) {
    onChange({ step: 'failed', error })
    return false
  }
}
