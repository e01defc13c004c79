import { getLot, type LotState } from '@datanets/sdk'
import type { ContentStore } from '@datanets/sdk/storage'
import { digestToCid, formatContributionId, fromContributionId, hasBit, parseContributionId } from '@datanets/sdk/utils'
import { type ReportReading, readReport } from '../../report/read.ts'
import { defineCommand } from '../command.ts'
import { fields, safeText } from '../output.ts'

/** Why a contribution was accepted or not: the reasons of every validator that voted, from chain and store alone. */
export const explain = defineCommand({
  name: 'explain',
  summary: "show every validator's vote on a contribution, with its reasons",
  arguments: '<contribution>',
  async run(context, [id]) {
    const { lotId, index } = fromContributionId(parseContributionId(id!))
    const { client, deployment } = await context.chain()
    const [lot, store] = await Promise.all([getLot(client, { deployment, lotId }), context.store()])
    const submission = lot.submissions.find(({ first, count }) => index >= first && index < first + count)
    const result = resultOf(lot, index)
    const votes = await Promise.all(lot.attestations.map((vote) => explainVote(store, vote, index, context.signal)))
    const data = {
      contribution: formatContributionId((lotId << 8n) | BigInt(index)),
      contributor: submission?.contributor ?? null,
      status: lot.status,
      result,
      votes,
    }
    const head = fields([
      ['contribution', data.contribution],
      ['contributor', data.contributor ?? 'none: the lot has no such item'],
      ['lot', `${lot.status}, ${lot.attestations.length} of ${lot.seats.length} seats voted`],
      ['result', result],
    ])
    const exit = votes.length === 0 || votes.some(({ reading }) => reading !== 'read') ? 'undetermined' : 'ok'
    return { data, text: [head, ...votes.map(voteText)].join('\n\n'), exit }
  },
})

type Result = 'pending' | 'accepted' | 'rejected' | 'undecided' | 'revoked' | 'lapsed' | 'unknown'

function resultOf({ status, lot, itemCount }: LotState, index: number): Result {
  if (index >= itemCount) return 'unknown'
  if (!lot || status === 'open' || status === 'closed' || status === 'appealed') return 'pending'
  if (status === 'lapsed') return 'lapsed'
  if (hasBit(lot.revoked, index)) return 'revoked'
  if (hasBit(lot.accepted, index)) return 'accepted'
  return hasBit(lot.undecided, index) ? 'undecided' : 'rejected'
}

type ExplainedVote = { validatorId: number; vote: 'accept' | 'reject' | 'abstain'; report: string } & ReportReading

async function explainVote(
  store: ContentStore,
  { validatorId, accepted, rejected, report }: LotState['attestations'][number],
  index: number,
  signal: AbortSignal,
): Promise<ExplainedVote> {
  const cid = digestToCid(report, 'dag-json')
  const vote = hasBit(accepted, index) ? 'accept' : hasBit(rejected, index) ? 'reject' : 'abstain'
  return { validatorId, vote, report: cid.toString(), ...(await readReport(store, cid, index, signal)) }
}

function voteText({ validatorId, vote, report, reading, item, why }: ExplainedVote): string {
  const head = `validator ${validatorId}: ${vote} (report ${report})`
  if (reading !== 'read' || !item) return `${head}\n  ${why ?? 'the report does not mention this item'}`
  const told = item.reasons.filter(({ verdict }) => verdict !== 'pass')
  const lines = told.map(({ check, code, measured, threshold, message, related }) => {
    const numbers =
      measured === null ? '' : ` [measured ${measured}${threshold === null ? '' : `, threshold ${threshold}`}]`
    const earlier = related ? ` (earlier: ${related.contribution}, similarity ${related.similarity})` : ''
    return safeText(`  ${check}: ${code}${numbers}${earlier} ${message}`)
  })
  return [head, ...(lines.length > 0 ? lines : [`  all ${item.reasons.length} checks passed`])].join('\n')
}
