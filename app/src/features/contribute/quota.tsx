import type { GetUsageReturnType } from '@datanets/sdk'
import { formatBytes, formatTime } from '../../lib/format.ts'

type BarProps = { label: string; used: number; asked: number; limit: number; say: (amount: number) => string }

/** A day's limit: what was used, what the files at hand would use, and what is left then. */
function Bar({ label, used, asked, limit, say }: BarProps) {
  const partOf = (amount: number) => `${Math.min(100, (amount / limit) * 100)}%`
  return (
    <div>
      <p className="flex flex-wrap justify-between gap-x-3 text-sm">
        <span className="font-medium">{label}</span>
        <span className="tabular-nums text-soft">
          {say(used)} used{asked > 0 && `, ${say(asked)} more now`}, {say(Math.max(0, limit - used - asked))} left
        </span>
      </p>
      <div className="mt-1.5 flex h-2 overflow-hidden rounded-full bg-sunken" aria-hidden="true">
        <div className="bg-soft" style={{ width: partOf(used) }} />
        <div className="bg-accent-fill" style={{ width: partOf(asked) }} />
      </div>
    </div>
  )
}

export function QuotaBars({ usage, files, bytes }: { usage: GetUsageReturnType; files: number; bytes: number }) {
  return (
    <div className="space-y-3">
      <Bar label="Files today" used={usage.files.used} asked={files} limit={usage.files.limit} say={String} />
      <Bar label="Bytes today" used={usage.bytes.used} asked={bytes} limit={usage.bytes.limit} say={formatBytes} />
      <p className="text-xs text-soft">Over all Datanets; whole again {formatTime(usage.resetsAt)}.</p>
    </div>
  )
}
