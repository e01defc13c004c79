import type { Datanet, Modality } from '@datanets/sdk'
import { modalities } from '@datanets/sdk/utils'
import { useState } from 'react'
import { Link } from 'wouter'
import { Figure, Open } from '../components/amount.tsx'
import { PageHead } from '../components/page.tsx'
import { Read } from '../components/read.tsx'
import { Status } from '../components/status.tsx'
import { Purpose } from '../features/datanets/purpose.tsx'
import { useDatanets } from '../features/datanets/queries.ts'
import { useTitleOf } from '../lib/context.ts'

function DatanetCard({ datanet: { datanetId, modality, terms, book } }: { datanet: Datanet }) {
  const titleOf = useTitleOf()
  return (
    <li className="relative flex flex-col gap-3 rounded-xl border border-line bg-card p-5 hover:border-accent">
      <div className="flex items-start justify-between gap-2">
        <h2>
          <Link href={`/datanets/${datanetId}`} className="text-ink after:absolute after:inset-0">
            {titleOf(datanetId)}
          </Link>
        </h2>
        <Status>{modality}</Status>
      </div>
      <div className="grow text-sm text-soft">
        <Purpose datanetId={datanetId} />
      </div>
      <dl className="grid grid-cols-2 gap-3 border-t border-line pt-3">
        <Figure label="For each accepted file">
          <Open wei={terms.rewardPerFile} />
        </Figure>
        <Figure label="Left in the budget">
          <Open wei={book.budget} />
        </Figure>
      </dl>
    </li>
  )
}

export default function DatanetsPage() {
  const query = useDatanets()
  const [modality, setModality] = useState<Modality>()
  return (
    <>
      <PageHead
        title="Datanets"
        lead="Pools of data with a purpose. Contribute a file, let validators judge it, and earn OPEN when it is accepted."
      />
      <fieldset className="flex flex-wrap gap-2">
        <legend className="sr-only">Modality</legend>
        {([undefined, ...modalities] as const).map((choice) => (
          <button
            key={choice ?? 'all'}
            type="button"
            aria-pressed={modality === choice}
            onClick={() => setModality(choice)}
            className="min-h-10 rounded-full border border-line bg-card px-4 text-sm font-medium aria-pressed:border-accent aria-pressed:text-accent"
          >
            {choice ?? 'All'}
          </button>
        ))}
      </fieldset>
      <Read
        query={query}
        what="Datanets"
        isEmpty={(all) => all.every((datanet) => modality !== undefined && datanet.modality !== modality)}
      >
        {(all) => (
          <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
            {all
              .filter((datanet) => modality === undefined || datanet.modality === modality)
              .map((datanet) => (
                <DatanetCard key={datanet.datanetId.toString()} datanet={datanet} />
              ))}
          </ul>
        )}
      </Read>
    </>
  )
}
