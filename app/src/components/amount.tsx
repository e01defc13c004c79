import type { ReactNode } from 'react'
import { formatOpen, shortAddress } from '../lib/format.ts'

export function Open({ wei }: { wei: bigint }) {
  return (
    <span className="whitespace-nowrap tabular-nums">
      {formatOpen(wei)} <span className="text-soft">OPEN</span>
    </span>
  )
}

export function Account({ address }: { address: string }) {
  return (
    <span title={address} className="font-mono text-sm">
      {shortAddress(address)}
    </span>
  )
}

/** One figure of a `<dl>`. */
export function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-soft">{label}</dt>
      <dd className="mt-0.5 font-medium tabular-nums">{children}</dd>
    </div>
  )
}

export function Figures({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">{children}</dl>
}
