import { type ContributionState, type ContributionStatus, getContribution } from '@datanets/sdk'
import { digestToCid, formatContributionId } from '@datanets/sdk/utils'
import type { Report } from '@datanets/validator'
import { decode } from '@ipld/dag-json'
import type { Stack } from '../stack/stack.ts'

/** Why one validator voted as it did. Accepts need no reason. */
export type VoteReason = {
  validatorId: number
  vote: 'accept' | 'reject' | 'abstain'
  reasons: { code: string; message: string }[]
}

/** What became of one contribution. */
export type Fate = { id: string; status: ContributionStatus; votes: VoteReason[] }

/** Nothing changes any more: paid, or never to be paid. */
const FINAL: readonly ContributionStatus[] = ['accrued', 'rejected', 'undecided', 'lapsed', 'revoked']
const POLL_MS = 500

async function reasonsOf({ store }: Stack, report: `0x${string}`, index: number): Promise<VoteReason['reasons']> {
  const { items } = decode<Report>(await store.get(digestToCid(report, 'dag-json')))
  const reasons = items.find((item) => item.index === index)?.reasons ?? []
  return reasons.filter(({ verdict }) => verdict !== 'pass').map(({ code, message }) => ({ code, message }))
}

async function fateOf(stack: Stack, { contributionId, status, votes, index }: ContributionState): Promise<Fate> {
  const withReasons = votes.map(async ({ validatorId, vote, report }) => ({
    validatorId,
    vote,
    reasons: vote === 'accept' ? [] : await reasonsOf(stack, report, index),
  }))
  return { id: formatContributionId(contributionId), status, votes: await Promise.all(withReasons) }
}

/**
 * Waits until every contribution is paid or known not to be, telling of each change.
 *
 * @throws what `signal` was aborted with.
 */
export async function followFates(
  stack: Stack,
  contributionIds: readonly bigint[],
  { signal, onChange }: { signal: AbortSignal; onChange: (id: string, status: ContributionStatus) => void },
): Promise<Fate[]> {
  const states = new Map<bigint, ContributionState>()
  for (;;) {
    signal.throwIfAborted()
    const moving = contributionIds.filter((id) => !FINAL.includes(states.get(id)?.status ?? 'pending'))
    if (moving.length === 0) return Promise.all([...states.values()].map((state) => fateOf(stack, state)))
    for (const contributionId of moving) {
      const state = await getContribution(stack.client, { contributionId })
      if (state.status !== states.get(contributionId)?.status)
        onChange(formatContributionId(contributionId), state.status)
      states.set(contributionId, state)
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
