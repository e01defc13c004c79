import { Link } from 'wouter'
import { Account, Figure, Figures, Open } from '../components/amount.tsx'
import { Card } from '../components/card.tsx'
import { PageHead } from '../components/page.tsx'
import { Read } from '../components/read.tsx'
import { LotTable } from '../features/datanets/lots.tsx'
import { Purpose, Rules } from '../features/datanets/purpose.tsx'
import { useDatanet, useLots } from '../features/datanets/queries.ts'
import { termsWords } from '../features/datanets/words.ts'
import { useTitleOf } from '../lib/context.ts'
import { formatCount } from '../lib/format.ts'

export default function DatanetPage({ params }: { params: { id: string } }) {
  if (!/^[1-9]\d{0,18}$/.test(params.id))
    return <PageHead title="No such Datanet" lead={<Link href="/">Browse the Datanets instead.</Link>} />
  return <DatanetDetails datanetId={BigInt(params.id)} />
}

function DatanetDetails({ datanetId }: { datanetId: bigint }) {
  const datanet = useDatanet(datanetId)
  const lots = useLots(datanetId)
  const titleOf = useTitleOf()
  return (
    <>
      <PageHead
        title={titleOf(datanetId)}
        lead={<Link href="/">All Datanets</Link>}
        aside={
          <Link
            href={`/contribute?datanet=${datanetId}`}
            className="inline-flex min-h-10 items-center rounded-lg bg-accent-fill px-4 text-sm font-medium text-white hover:no-underline hover:brightness-110"
          >
            Contribute here
          </Link>
        }
      />
      <Card title="Purpose">
        <Purpose datanetId={datanetId} />
      </Card>
      <Read query={datanet} what="Datanet">
        {(found) => (
          <>
            <Card title="Budget">
              <Figures>
                <Figure label="Left to reserve">
                  <Open wei={found.book.budget} />
                </Figure>
                <Figure label="For each accepted file">
                  <Open wei={found.terms.rewardPerFile} />
                </Figure>
                <Figure label="To validators for each lot">
                  <Open wei={found.terms.lotFee} />
                </Figure>
                <Figure label="Files so far">
                  {formatCount(found.book.fileCount)}{' '}
                  <span className="text-soft">of {formatCount(found.terms.fileCap)}</span>
                </Figure>
              </Figures>
            </Card>
            <div className="grid gap-6 lg:grid-cols-2">
              <Card title="Terms">
                <ul className="list-disc space-y-1.5 pl-5 text-sm">
                  {termsWords(found).map((sentence) => (
                    <li key={sentence}>{sentence}</li>
                  ))}
                </ul>
                <p className="mt-3 text-xs text-soft">
                  Set by <Account address={found.creator} /> when it was created, and fixed for ever.
                </p>
              </Card>
              <Card title="Rules">
                <Rules datanetId={datanetId} />
              </Card>
            </div>
          </>
        )}
      </Read>
      <Card title="Lots and votes">
        <Read
          query={lots}
          what="lots"
          isEmpty={(all) => all.length === 0}
          empty="No lots yet: the first file opens one."
        >
          {(all) => <LotTable lots={all} />}
        </Read>
      </Card>
    </>
  )
}
