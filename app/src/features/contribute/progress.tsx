import { ErrorNote } from '../../components/read.tsx'
import { useTitleOf } from '../../lib/context.ts'
import type { Sending } from './sending.ts'

const STEPS = ['hashing', 'checking', 'wallet', 'mining', 'publishing', 'done'] as const

function wordsOf({ step, published, fileCount }: Sending): string {
  switch (step) {
    case 'hashing':
      return 'Hashing the files'
    case 'checking':
      return 'Checking every limit'
    case 'wallet':
      return 'Confirm it in your wallet'
    case 'mining':
      return 'Waiting until it is mined'
    case 'publishing':
      return `Publishing, ${published} of ${fileCount} files`
    case 'done':
      return 'On chain and published. Validators vote next; the result appears below.'
    case 'failed':
      return 'Stopped'
  }
}

/** How far each Datanet's transaction has come. */
export function SendingList({ sendings }: { sendings: readonly Sending[] }) {
  const titleOf = useTitleOf()
  return (
    <ul className="space-y-4" data-testid="sendings">
      {sendings.map((sending) => {
        const { datanetId, fileCount, step, error } = sending
        return (
          <li key={`${datanetId}`} className="space-y-2">
            <p className="text-sm">
              <span className="font-medium">
                {titleOf(datanetId)}, {fileCount} {fileCount === 1 ? 'file' : 'files'}:
              </span>{' '}
              <span role="status">{wordsOf(sending)}</span>
            </p>
            {step === 'failed' ? (
              <ErrorNote error={error} />
            ) : (
              <progress
                aria-label={`Progress in ${titleOf(datanetId)}`}
                className="h-2 w-full accent-accent-fill"
                max={STEPS.length - 1}
                value={STEPS.indexOf(step)}
              />
            )}
          </li>
        )
      })}
    </ul>
  )
}
