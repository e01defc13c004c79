import type { ReactNode } from 'react'

export function PageHead({ title, lead, aside }: { title: string; lead: ReactNode; aside?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-end justify-between gap-4">
      <div>
        <h1>{title}</h1>
        <p className="mt-1 max-w-2xl text-soft">{lead}</p>
      </div>
      {aside}
    </div>
  )
}
