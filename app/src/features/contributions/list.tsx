import type { ContributionState, ContributionStatus } from '@datanets/sdk'
import { formatContributionId } from '@datanets/sdk/utils'
import { useState } from 'react'
import { Status } from '../../components/status.tsx'
import { useTitleOf } from '../../lib/context.ts'
import { formatBytes } from '../../lib/format.ts'
import { Preview } from './preview.tsx'
import { useItem } from './queries.ts'
import { Votes } from './votes.tsx'

const WORDS: Record<ContributionStatus, [string, 'good' | 'wait' | 'soft']> = {
  pending: ['waiting for votes', 'wait'],
  accepted: ['accepted', 'good'],
  accrued: ['accepted and paid', 'good'],
  rejected: ['not accepted', 'soft'],
  undecided: ['undecided', 'soft'],
  lapsed: ['lapsed', 'soft'],
  revoked: ['a duplicate', 'soft'],
}

function Row({ contribution }: { contribution: ContributionState }) {
  const { contributionId, datanetId, status } = contribution
  const [isOpen, setOpen] = useState(false)
  const titleOf = useTitleOf()
  const { data: item } = useItem(contribution)
  const id = formatContributionId(contributionId)
  const [word, tone] = WORDS[status]
  return (
    <li className="py-1">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="flex min-h-11 cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
          <span className="min-w-0 grow basis-40 truncate font-medium">
            {item?.status === 'found' ? item.manifest.title : `Contribution ${id}`}
          </span>
          <span className="text-sm text-soft">
            {titleOf(datanetId)} · {id}
          </span>
          <Status tone={tone}>{word}</Status>
        </summary>
        {isOpen && (
          <div className="grid gap-4 pb-3 pt-1 md:grid-cols-2">
            <Votes contribution={contribution} />
            {item?.status === 'found' && (
              <div className="min-w-0 space-y-2">
                <p className="text-sm text-soft">
                  {item.manifest.format}, {formatBytes(item.manifest.size)},{' '}
                  {item.manifest.licence || 'no licence named'}
                </p>
                <Preview item={item} />
                <p className="break-all text-xs text-soft">On IPFS: {item.payloadCid.toString()}</p>
              </div>
            )}
          </div>
        )}
      </details>
    </li>
  )
}

/** Contributions, newest first, each with its votes to open. */
export function ContributionList({ contributions }: { contributions: readonly ContributionState[] }) {
  const newest = [...contributions].sort((a, b) =>
    a.enteredBlock === b.enteredBlock ? b.index - a.index : a.enteredBlock < b.enteredBlock ? 1 : -1,
  )
  return (
    <ul className="divide-y divide-line">
      {newest.map((contribution) => (
        <Row key={contribution.contributionId.toString()} contribution={contribution} />
      ))}
    </ul>
  )
}
