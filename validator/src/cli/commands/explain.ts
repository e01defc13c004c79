import { getContribution, type ItemVote } from '@datanets/sdk'
import type { ContentStore } from '@datanets/sdk/storage'
import { formatContributionId, parseCid, parseContributionId } from '@datanets/sdk/utils'
import { type ReportReading, readReport } from '../../report/read.ts'
import { defineCommand } from '../command.ts'
import { fields, safeText } from '../output.ts'

/** Why a contribution was accepted or not: the reasons of every validator that voted, from chain and store alone. */
export const explain = defineCommand({
  name: 'explain',
  summary: "show every validator's vote on a contribution, with its reasons",
  arguments: '<contribution>',
  async run(context, [id]) {
    const contributionId = parseContributionId(id!)
    const { client, deployment } = await context.chain()
    const [state, store] = await Promise.all([
      getContribution(client, { deployment, contributionId, signal: context.signal }),
      context.store(),
    ])
    const votes = await Promise.all(state.votes.map((vote) => explainVote(store, vote, state.index, context.signal)))
    const contribution = formatContributionId(contributionId)
    const { contributor, lotStatus, status } = state
    const head = fields([
      ['contribution', contribution],
      ['contributor', contributor],
      ['result', `${status} (lot ${lotStatus}, ${votes.length} votes)`],
    ])
    const isKnown = votes.length > 0 && votes.every(({ reading }) => reading === 'read')
    return {
      data: { contribution, contributor, status, lotStatus, votes },
      text: [head, ...votes.map(voteText)].join('\n\n'),
      exit: isKnown ? 'ok' : 'undetermined',
    }
  },
})

type ExplainedVote = Pick<ItemVote, 'validatorId' | 'vote' | 'reportCid'> & ReportReading

async function explainVote(
  store: ContentStore,
  { reportCid, validatorId, vote }: ItemVote,
  index: number,
  signal: AbortSignal,
): Promise<ExplainedVote> {
  return { validatorId, vote, reportCid, ...(await readReport(store, parseCid(reportCid), index, signal)) }
}

function voteText({ item, reading, reportCid, validatorId, vote, why }: ExplainedVote): string {
  const head = `validator ${validatorId}: ${vote} (report ${reportCid})`
  if (reading !== 'read' || !item) return `${head}\n  ${why ?? 'the report does not mention this item'}`
  const told = item.reasons.filter(({ verdict }) => verdict !== 'pass')
  const lines = told.map(({ check, code, measured, message, related, threshold }) => {
    const numbers =
      measured === null ? '' : ` [measured ${measured}${threshold === null ? '' : `, threshold ${threshold}`}]`
    const earlier = related ? ` (earlier: ${related.contribution}, similarity ${related.similarity})` : ''
    return safeText(`  ${check}: ${code}${numbers}${earlier} ${message}`)
  })
  return [head, ...(lines.length > 0 ? lines : [`  all ${item.reasons.length} checks passed`])].join('\n')
}
