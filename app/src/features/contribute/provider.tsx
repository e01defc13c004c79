import { createBrowserJournal, type ResumedSubmission, resumeSubmissions, type SubmissionJournal } from '@datanets/sdk'
import { DAILY_BYTES } from '@datanets/sdk/utils'
import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { Hex } from 'viem'
import { useStore } from '../../lib/context.ts'
import { useReader, type Wallet } from '../../lib/wallet.ts'
import type { Plan } from './check.ts'
import { type LocalFile, readFile, type UnreadableFile } from './files.ts'
import { type Sending, send } from './sending.ts'

type Contribution = {
  files: LocalFile[]
  unreadable: UnreadableFile[]
  isReading: boolean
  add: (files: readonly { name: string; file: File }[]) => Promise<void>
  remove: (file: LocalFile) => void
  clear: () => void
  sendings: Sending[]
  isBusy: boolean
  send: (wallet: Wallet, plan: Plan, licence: string) => Promise<void>
  /** Submissions of an earlier visit that are not published yet. */
  unfinished: ResumedSubmission[]
  resume: (choice?: { id: Hex; whenMissing: 'send' | 'discard'; wallet: Wallet }) => Promise<void>
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
  const { sendings, isBusy, sendAll } = useSendings(journal, selection.remove)
  const { unfinished, resume } = useUnfinished(journal)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const attempt = () => {
      resume().catch(() => {
        // Nothing could even be looked up, as when the chain is down: asked again until it is there.
        timer = setTimeout(attempt, RETRY_MS)
      })
    }
    attempt()
    return () => clearTimeout(timer)
  }, [resume])
  const sendPlan: Contribution['send'] = async (wallet, plan, licence) => {
    await sendAll(wallet, plan, licence)
    await resume()
  }
  return (
    <ContributionContext value={{ ...selection, sendings, isBusy, send: sendPlan, unfinished, resume }}>
      {children}
    </ContributionContext>
  )
}

function useSelection() {
  const [files, setFiles] = useState<LocalFile[]>([])
  const [unreadable, setUnreadable] = useState<UnreadableFile[]>([])
  const [isReading, setReading] = useState(false)
  const add = useCallback<Contribution['add']>(async (added) => {
    setReading(true)
    const read = await Promise.all(added.map((named) => readFile(named, DAILY_BYTES)))
    const readable = read.filter((file) => 'hash' in file)
    setFiles((known) => [...known, ...readable.filter(({ name }) => known.every((file) => file.name !== name))])
    setUnreadable(read.filter((file) => 'reason' in file))
    setReading(false)
  }, [])
  const remove = useCallback((file: LocalFile) => setFiles((known) => known.filter((other) => other !== file)), [])
  const clear = useCallback(() => {
    setFiles([])
    setUnreadable([])
  }, [])
  return { files, unreadable, isReading, add, remove, clear }
}

function useSendings(journal: SubmissionJournal, onSent: (file: LocalFile) => void) {
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
      // One after another: a wallet shows one prompt at a time, and a refusal ends the rest.
      for (const [at, { datanetId, files }] of submissions.entries()) {
        const onChange = (change: Partial<Sending>) =>
          setSendings((all) => all.map((sending, index) => (index === at ? { ...sending, ...change } : sending)))
        const isSent = await send({ client, store, journal, datanetId, files, licence, onChange })
        await queries.invalidateQueries()
        if (!isSent) {
          setSendings((all) => all.slice(0, at + 1))
          return
        }
        files.forEach(onSent)
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
      const only = async () => (await journal.list()).filter(({ id }) => id === choice?.id)
      const results = choice
        ? await resumeSubmissions(await choice.wallet.open(), {
            journal: { ...journal, list: only },
            store,
            whenMissing: choice.whenMissing,
          })
        : await resumeSubmissions(reader, { journal, store, whenMissing: 'report' })
      setUnfinished((before) => [
        ...(choice ? before.filter(({ id }) => id !== choice.id) : []),
        ...results.filter(({ status }) => status === 'missing' || status === 'failed'),
      ])
      if (results.length > 0) await queries.invalidateQueries()
    },
    [journal, queries, reader, store],
  )
  return { unfinished, resume }
}
