import { useId, useState } from 'react'
import { filesOfDrop, filesOfInput } from './files.ts'
import { useContribution } from './provider.tsx'

const LABEL =
  'inline-flex min-h-10 cursor-pointer items-center rounded-lg border border-line bg-card px-4 text-sm font-medium hover:bg-sunken has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent'

/** Where files and folders are dropped or chosen. */
export function Drop() {
  const { add, isBusy, isReading } = useContribution()
  const [isOver, setOver] = useState(false)
  const title = useId()
  const choose = (event: React.ChangeEvent<HTMLInputElement>) => {
    if (event.target.files) add(filesOfInput(event.target.files))
    // The same files can be chosen again.
    event.target.value = ''
  }
  return (
    <section
      aria-labelledby={title}
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={async (event) => {
        event.preventDefault()
        setOver(false)
        if (!isBusy) await add(await filesOfDrop(event.dataTransfer))
      }}
      className="flex flex-col items-center gap-3 rounded-xl border-2 border-dashed border-line bg-card px-4 py-8 text-center data-[over=true]:border-accent data-[over=true]:bg-sunken"
    >
      <h2 id={title}>Drop files or a folder</h2>
      <p className="text-sm text-soft">
        They are checked here, in your browser. Nothing leaves it before you sign, and files are published only then.
      </p>
      <div className="flex flex-wrap justify-center gap-2">
        <label className={LABEL}>
          Choose files
          <input type="file" multiple disabled={isBusy} onChange={choose} className="sr-only" />
        </label>
        <label className={LABEL}>
          Choose a folder
          <input
            type="file"
            ref={(input) => input?.setAttribute('webkitdirectory', '')}
            disabled={isBusy}
            onChange={choose}
            className="sr-only"
          />
        </label>
      </div>
      <p role="status" className="text-sm text-soft">
        {isReading ? 'Reading and hashing…' : ''}
      </p>
    </section>
  )
}
