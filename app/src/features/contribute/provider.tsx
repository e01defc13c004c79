import { createBrowserJournal, type ResumedSubmission, type SubmissionJournal } from '@datanets/sdk'
import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { Hex } from 'viem'
import { useStore } from '../../lib/context.ts'
import { useReader, type Wallet } from '../../lib/wallet.ts'
import type { Plan } from './check.ts'
import type { LocalFile, UnreadableFile } from './files.ts'
import { useSelection } from './selection.ts'
import type { Sending } from './sending.ts'

type Contribution = {
  files: LocalFile[]
  unreadable: UnreadableFile[]
  isReading: boolean
  add: (files: readonly { name: string; file: File }[]) => Promise<void>
  remove: (file: LocalFile) => void
  clear: () => void
  /** Hashes of files that were sent since the app was opened. */
  sent: ReadonlySet<string>
  sendings: Sending[]
  isBusy: boolean
  send: (wallet: Wallet, plan: Plan, licence: string) => Promise<void>
  /** Submissions of an earlier visit that are not published yet. */
  unfinished: ResumedSubmission[]
  /** Tries to finish them, or does what was chosen with one. Says whether nothing is left to finish. */
  resume: (choice?: { id: Hex; whenMissing: 'send' | 'discard'; wallet: Wallet }) => Promise<boolean>
}

const RETRY_MS = 5000

const ContributionContext = createContext<Contribution | undefined>(undefined)

export function useContribution(): Contribution {
  const contribution = useContext(ContributionContext)
  if (contribution === undefined) throw new TypeError('useContribution needs <ContributionProvider> around it.')
  return contribution
}

/** Files and progress outlive the page that shows them; what is signed outlives the tab, in the journal. */
export function ContributionProvider({ children }: { children: ReactNode }) {
  const journal = useMemo(() => createBrowserJournal(), [])
  const selection = useSelection()
  const { sendings, isBusy, sendAll } = useSendings(journal, selection.onSent)
  const { unfinished, resume } = useUnfinished(journal)
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt is a new one
  useEffect(() => {
    if (isBusy) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const later = () => {
      timer = setTimeout(() => setAttempt((count) => count + 1), RETRY_MS)
    }
    // What is down now is asked again until it is there; what is missing may still arrive.
    resume().then((isFinished) => isFinished || later(), later)
    return () => clearTimeout(timer)
  }, [attempt, isBusy, resume])
  return (
    <ContributionContext value={{ ...selection, sendings, isBusy, send: sendAll, unfinished, resume }}>
      {children}
    </ContributionContext>
  )
}

function useSendings(journal: SubmissionJournal, onSent: (files: readonly LocalFile[]) => void) {
  const store = useStore()
  const queries = useQueryClient()
  const [sendings, setSendings] = useState<Sending[]>([])
  const [isBusy, setBusy] = useState(false)
  async function sendAll(wallet: Wallet, { submissions }: Plan, licence: string) {
    setBusy(true)
    setSendings(
      submissions.map(({ datanetId, files }) => ({
        datanetId,
        fileCount: files.length,
        step: 'hashing',
        published: 0,
      })),
    )
    try {
      const client = await wallet.open()
      const { send } = await import('./sending.ts')
      // One after another: a wallet shows one prompt at a time, and a refusal ends the rest.
      for (const [at, { datanetId, files }] of submissions.entries()) {
        const onChange = (change: Partial<Sending>) =>
          setSendings((all) => all.map((sending, index) => (index === at ? { ...sending, ...change } : sending)))
        const sent = await send({ client, store, journal, datanetId, files, licence, onChange })
        if (sent !== 'unsent') onSent(files)
        await queries.invalidateQueries()
        if (sent !== 'done') {
          setSendings((all) => all.slice(0, at + 1))
          return
        }
      }
    } finally {
      setBusy(false)
    }
  }
  return { sendings, isBusy, sendAll }
}

function useUnfinished(journal: SubmissionJournal) {
  const reader = useReader()
  const store = useStore()
  const queries = useQueryClient()
  const [unfinished, setUnfinished] = useState<ResumedSubmission[]>([])
  const resume = useCallback<Contribution['resume']>(
    async (choice) => {
      const records = await journal.list()
      // Nothing to finish, so the code that finishes it need not be loaded.
      if (records.length === 0) {
        setUnfinished([])
        return true
      }
      const { resumeSubmissions } = await import('./resume.ts')
      const only = async () => records.filter(({ id }) => id === choice?.id)
      const results = choice
        ? await resumeSubmissions(await choice.wallet.open(), {
            journal: { ...journal, list: only },
            store,
            whenMissing: choice.whenMissing,
          })
        : await resumeSubmissions(reader, { journal, store, whenMissing: 'report' })
      const left = results.filter(({ status }) => status === 'missing' || status === 'failed')
      setUnfinished((before) => [...(choice ? before.filter(({ id }) => id !== choice.id) : []), ...left])
      if (left.length < results.length) await queries.invalidateQueries()
      return left.length === 0
    },
    [journal, queries, reader, store],
  )
  return { unfinished, resume }
}
