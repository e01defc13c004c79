import { useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { NeedWallet } from '../components/need-wallet.tsx'
import { PageHead } from '../components/page.tsx'
import { Read } from '../components/read.tsx'
import { useCheck } from '../features/contribute/check.ts'
import { CheckedFiles } from '../features/contribute/checked-files.tsx'
import { Drop } from '../features/contribute/drop.tsx'
import { SendingList } from '../features/contribute/progress.tsx'
import { useContribution } from '../features/contribute/provider.tsx'
import { QuotaBars } from '../features/contribute/quota.tsx'
import { UnfinishedCard } from '../features/contribute/unfinished.tsx'
import { ContributionList } from '../features/contributions/list.tsx'
import { useContributor } from '../features/contributions/queries.ts'
import { useTitleOf } from '../lib/context.ts'
import { useWallet, type Wallet } from '../lib/wallet.ts'

/** SPDX identifiers with what they mean. */
const LICENCES = [
  ['CC0-1.0', 'CC0: no rights kept'],
  ['CC-BY-4.0', 'CC BY: use it, name me'],
  ['CC-BY-SA-4.0', 'CC BY-SA: name me, share alike'],
] as const

/** What pressing the button means. */
function adviceOf({ isOnChain }: Wallet, transactionCount: number): string {
  if (!isOnChain) return 'Your wallet is on another chain: switch it at the top of the page.'
  if (transactionCount === 0) return 'None of these files can be contributed now; the reason is beside each.'
  const transactions =
    transactionCount === 1 ? 'One transaction' : `${transactionCount} transactions, one for each Datanet`
  return `${transactions}. A file that is not accepted costs nothing but its part of the day.`
}

function Selection({ wallet, datanetId }: { wallet: Wallet; datanetId: bigint | undefined }) {
  const { files, unreadable, isBusy, remove, clear, send, sent } = useContribution()
  const [licence, setLicence] = useState<string>(LICENCES[0][0])
  const query = useCheck({ account: wallet.address, files, sent, datanetId })
  return (
    <Card title="Your files">
      <Read query={query} what="quota">
        {({ plan, usage, checked }) => {
          const count = plan.submissions.reduce((sum, submission) => sum + submission.files.length, 0)
          const bytes = plan.submissions.reduce((sum, submission) => sum + submission.totalBytes, 0)
          return (
            <div className="space-y-4">
              <QuotaBars usage={usage} files={count} bytes={bytes} />
              {files.length + unreadable.length === 0 ? (
                <p className="text-sm text-soft">No files chosen yet.</p>
              ) : (
                <>
                  <CheckedFiles checked={checked} unreadable={unreadable} isBusy={isBusy} onRemove={remove} />
                  <label className="flex flex-wrap items-center gap-2 text-sm">
                    Licence of all of them
                    <select
                      value={licence}
                      disabled={isBusy}
                      onChange={(event) => setLicence(event.target.value)}
                      className="min-h-10 max-w-full rounded-lg border border-line bg-card px-3"
                    >
                      {LICENCES.map(([id, words]) => (
                        <option key={id} value={id}>
                          {words}
                        </option>
                      ))}
                    </select>
                  </label>
                  <div className="flex flex-wrap gap-2">
                    <Button
                      look="primary"
                      disabled={count === 0 || isBusy || !wallet.isOnChain}
                      onClick={() => send(wallet, plan, licence)}
                    >
                      Contribute {count} {count === 1 ? 'file' : 'files'}
                    </Button>
                    <Button disabled={isBusy} onClick={clear}>
                      Clear
                    </Button>
                  </div>
                  <p className="text-sm text-soft">{adviceOf(wallet, plan.submissions.length)}</p>
                </>
              )}
            </div>
          )
        }}
      </Read>
    </Card>
  )
}

function Yours({ wallet }: { wallet: Wallet }) {
  const query = useContributor(wallet.address)
  return (
    <Card title="Your contributions">
      <Read
        query={query}
        what="contributions"
        isEmpty={({ contributions }) => contributions.length === 0}
        empty="Your contributions and the votes on them appear here."
      >
        {({ contributions }) => <ContributionList contributions={contributions} />}
      </Read>
    </Card>
  )
}

export default function ContributePage() {
  const wallet = useWallet()
  const { sendings } = useContribution()
  const titleOf = useTitleOf()
  const [search] = useSearchParams()
  const chosen = search.get('datanet') ?? ''
  const datanetId = /^[1-9]\d{0,18}$/.test(chosen) ? BigInt(chosen) : undefined
  return (
    <>
      <PageHead
        title="Contribute"
        lead={
          datanetId === undefined ? (
            'Each file goes to the Datanet that takes its format. You see what happens with each before you sign.'
          ) : (
            <>
              Only to {titleOf(datanetId)}. <Link href="/contribute">Use every Datanet instead.</Link>
            </>
          )
        }
      />
      <Drop />
      {wallet === undefined ? (
        <NeedWallet why="Connect a wallet to see your quota and to contribute what you chose." />
      ) : (
        <>
          <UnfinishedCard wallet={wallet} />
          <Selection wallet={wallet} datanetId={datanetId} />
          {sendings.length > 0 && (
            <Card title="Progress">
              <SendingList sendings={sendings} />
            </Card>
          )}
          <Yours wallet={wallet} />
        </>
      )}
    </>
  )
}
