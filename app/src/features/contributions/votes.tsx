import type { ContributionState, ItemVote } from '@datanets/sdk'
import { Read } from '../../components/read.tsx'
import { useReasons } from './queries.ts'

const WORDS: Record<ItemVote['vote'], string> = { accept: 'accepts', reject: 'rejects', abstain: 'abstains' }

function Vote({ vote: { validatorId, vote, reportCid }, index }: { vote: ItemVote; index: number }) {
  const query = useReasons({ reportCid, index })
  return (
    <li className="space-y-1">
      <p>
        Validator {validatorId} <span className="font-medium">{WORDS[vote]}</span>
      </p>
      {vote !== 'accept' && (
        <Read query={query} what="reasons">
          {(reasons) =>
            reasons === null || reasons.length === 0 ? (
              <p className="text-soft">Its report gives no reason.</p>
            ) : (
              <ul className="list-disc space-y-1 pl-5 text-soft">
                {reasons.map(({ code, message }) => (
                  <li key={`${code} ${message}`} className="break-words">
                    {message} <span className="font-mono text-xs">({code})</span>
                  </li>
                ))}
              </ul>
            )
          }
        </Read>
      )}
    </li>
  )
}

/** Every validator's vote on a contribution, with its reasons where it did not accept. */
export function Votes({ contribution: { votes, index } }: { contribution: ContributionState }) {
  if (votes.length === 0) return <p className="text-sm text-soft">No votes are on chain yet.</p>
  return (
    <ul className="space-y-3 text-sm">
      {[...votes]
        .sort((a, b) => a.validatorId - b.validatorId)
        .map((vote) => (
          <Vote key={vote.seat} vote={vote} index={index} />
        ))}
    </ul>
  )
}
