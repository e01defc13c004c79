import { formatOpen, shortAddress } from '../lib/format.ts'

export function Open({ wei }: { wei: bigint }) {
  return (
    <span className="whitespace-nowrap tabular-nums">
      {formatOpen(wei)} <span className="text-soft">OPEN</span>
    </span>
  )
}

export function Account({ address, href }: { address: string; href?: string }) {
  const text = (
    <span title={address} className="font-mono text-sm">
      {shortAddress(address)}
    </span>
  )
  return href === undefined ? text : <a href={href}>{text}</a>
}

export function Figure({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-soft">{label}</dt>
      <dd className="mt-0.5 font-medium tabular-nums">{children}</dd>
    </div>
  )
}
