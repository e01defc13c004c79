import { type SubmissionJournal, type SubmitProgress, submit, TransactionRevertedError } from '@datanets/sdk'
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

/**
 * What became of files: `unfinished` ones are on their way, and the journal has them; `unsent` ones can be sent again.
 */
export type Sent = 'done' | 'unfinished' | 'unsent'

/** Enters and publishes the files of one Datanet. What went wrong is in the last change. */
export async function send(parameters: SendParameters): Promise<Sent> {
  const { client, store, journal, datanetId, files, licence, onChange } = parameters
  let isSent = false
  try {
    await submit(client, {
      datanetId,
      files: files.map(({ name, bytes }) => ({ name, bytes, licence })),
      store,
      journal,
      onProgress(progress) {
        isSent ||= progress.step === 'sent'
        if (progress.step === 'published') onChange({ published: progress.files })
        else onChange({ step: NEXT[progress.step], ...('hash' in progress ? { hash: progress.hash } : {}) })
      },
    })
    onChange({ step: 'done' })
    return 'done'
  } catch (error) {
    onChange({ step: 'failed', error })
    return isSent && !(error instanceof TransactionRevertedError) ? 'unfinished' : 'unsent'
  }
}
