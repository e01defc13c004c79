import { BaseError } from '@datanets/sdk'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'

/** What wallets answer when a person declines. */
const DECLINED = 4001

function isDeclined(error: unknown): boolean {
  for (let next = error, depth = 0; next instanceof Error && depth < 16; next = next.cause, depth++)
    if ((next as { code?: unknown }).code === DECLINED) return true
  return false
}

/** What an error says to a person: its short message and what it suggests, never a stack. */
export function messageOf(error: unknown): { message: string; hints: readonly string[] } {
  if (isDeclined(error))
    return { message: 'You declined it in your wallet.', hints: ['Nothing was sent. You can try again at any time.'] }
  if (error instanceof BaseError) return { message: error.shortMessage, hints: error.metaMessages }
  if (!(error instanceof Error)) return { message: String(error), hints: [] }
  if (isUnreachable(error))
    return { message: 'The chain cannot be reached.', hints: ['This page asks again by itself every few seconds.'] }
  return { message: (error as { shortMessage?: string }).shortMessage ?? error.message, hints: [] }
}

function isUnreachable(error: Error): boolean {
  return error.name === 'HttpRequestError' || (error.cause instanceof Error && isUnreachable(error.cause))
}

export function ErrorNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { message, hints } = messageOf(error)
  return (
    <div role="alert" className="space-y-2 rounded-lg border border-line bg-sunken p-3 text-sm">
      <p className="break-words font-medium text-bad">{message}</p>
      {hints.map((hint) => (
        <p key={hint} className="break-words text-soft">
          {hint}
        </p>
      ))}
      {onRetry && <Button onClick={onRetry}>Try again</Button>}
    </div>
  )
}

function Loading({ what }: { what: string }) {
  return (
    <div role="status" className="animate-pulse space-y-2">
      <span className="sr-only">Loading {what}</span>
      <div className="h-4 w-2/3 rounded bg-sunken" />
      <div className="h-4 w-1/2 rounded bg-sunken" />
    </div>
  )
}

type ReadProps<Data> = {
  query: UseQueryResult<Data>
  /** What is read, in a few words, for the loading and empty faces. */
  what: string
  isEmpty?: (data: Data) => boolean
  /** What to do about an empty answer. */
  empty?: ReactNode
  children: (data: Data) => ReactNode
}

/** The four faces of a read: loading, error, empty, data. Stale data stays visible while its renewal fails. */
export function Read<Data>({ query, what, isEmpty, empty, children }: ReadProps<Data>) {
  const { data, error, isPending, refetch } = query
  if (data === undefined) {
    return isPending || error === null ? <Loading what={what} /> : <ErrorNote error={error} onRetry={() => refetch()} />
  }
  return (
    <>
      {error !== null && <ErrorNote error={error} onRetry={() => refetch()} />}
      {isEmpty?.(data) ? <div className="text-sm text-soft">{empty ?? `No ${what} yet.`}</div> : children(data)}
    </>
  )
}
