import { Status } from '../../components/status.tsx'
import { useTitleOf } from '../../lib/context.ts'
import { formatBytes } from '../../lib/format.ts'
import type { Checked } from './check.ts'
import type { LocalFile, UnreadableFile } from './files.ts'

type CheckedFilesProps = {
  checked: readonly Checked[]
  unreadable: readonly UnreadableFile[]
  isBusy: boolean
  onRemove: (file: LocalFile) => void
}

/** Every file with where it goes, or why it does not. */
export function CheckedFiles({ checked, unreadable, isBusy, onRemove }: CheckedFilesProps) {
  const titleOf = useTitleOf()
  return (
    <ul className="divide-y divide-line" data-testid="checked-files">
      {checked.map(({ file, datanetId, reason }) => (
        <li key={file.name} className="flex items-center gap-3 py-2">
          <div className="flex min-w-0 grow flex-wrap items-center gap-x-3 gap-y-1">
            <span className="min-w-0 grow basis-32 break-words text-sm font-medium">{file.name}</span>
            <span className="text-sm tabular-nums text-soft">{formatBytes(file.size)}</span>
            {datanetId === undefined ? (
              <span className="text-sm text-wait">{reason}</span>
            ) : (
              <Status tone="good">goes to {titleOf(datanetId)}</Status>
            )}
          </div>
          <button
            type="button"
            disabled={isBusy}
            aria-label={`Remove ${file.name}`}
            onClick={() => onRemove(file)}
            className="grid size-9 shrink-0 place-items-center rounded-lg text-soft hover:bg-sunken"
          >
            <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
      {unreadable.map(({ name, reason }) => (
        <li key={name} className="py-2 text-sm">
          <span className="font-medium">{name}</span>{' '}
          <span className="text-wait">could not be read: {reason} Drop it again.</span>
        </li>
      ))}
    </ul>
  )
}
