import type { ResumedSubmission } from '@datanets/sdk'
import { useMutation } from '@tanstack/react-query'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { ErrorNote } from '../../components/read.tsx'
import { useTitleOf } from '../../lib/context.ts'
import type { Wallet } from '../../lib/wallet.ts'
import { useContribution } from './provider.tsx'

type Unfinished = Exclude<ResumedSubmission, { status: 'published' }>

function UnfinishedSubmission({ submission, wallet }: { submission: Unfinished; wallet: Wallet }) {
  const { resume } = useContribution()
  const titleOf = useTitleOf()
  const { id, datanetId, names, status } = submission
  const { mutate, error, isPending } = useMutation({
    mutationFn: (whenMissing: 'send' | 'discard' | 'publish') =>
      resume(whenMissing === 'publish' ? undefined : { id, whenMissing, wallet }),
  })
  return (
    <li className="space-y-2">
      <p className="text-sm">
        {names.length} {names.length === 1 ? 'file' : 'files'} for {titleOf(datanetId)} ({names.slice(0, 3).join(', ')}
        {names.length > 3 && ', …'}):{' '}
        {status === 'missing' ? 'not on chain. Your wallet may still be sending it.' : 'could not be finished.'}
      </p>
      {status === 'failed' && <ErrorNote error={submission.error} />}
      {error && <ErrorNote error={error} />}
      <div className="flex flex-wrap gap-2">
        <Button disabled={isPending} onClick={() => mutate('publish')}>
          Look again
        </Button>
        {status === 'missing' && (
          <>
            <Button disabled={isPending || !wallet.isOnChain} onClick={() => mutate('send')}>
              Send it again
            </Button>
            <Button disabled={isPending} onClick={() => mutate('discard')}>
              Discard
            </Button>
          </>
        )}
      </div>
    </li>
  )
}

/** Submissions of an earlier visit that could not be finished by themselves. */
export function UnfinishedCard({ wallet }: { wallet: Wallet }) {
  const { unfinished, isBusy } = useContribution()
  const open = unfinished.filter((submission) => submission.status !== 'published')
  if (open.length === 0 || isBusy) return null
  return (
    <Card title="Not finished yet">
      <ul className="space-y-4">
        {open.map((submission) => (
          <UnfinishedSubmission key={submission.id} submission={submission} wallet={wallet} />
        ))}
      </ul>
    </Card>
  )
}
