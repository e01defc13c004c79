import type { ReactNode } from 'react'

type Tone = 'good' | 'wait' | 'soft'

const TONES: Record<Tone, string> = { good: 'text-good', wait: 'text-wait', soft: 'text-soft' }

/** A state in a word. A rejection is never red: it says something about a file, nothing about a person. */
export function Status({ tone = 'soft', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full border border-line bg-sunken px-2.5 py-0.5 text-xs font-medium ${TONES[tone]}`}
    >
      <span aria-hidden="true" className="size-1.5 rounded-full bg-current" />
      {children}
    </span>
  )
}
