import {
  type AttributionBlock,
  accountShares,
  type Dataset,
  decodeAttributionBlock,
  decodeScores,
  decodeShares,
  type Scores,
} from '@datanets/modelfactory/recompute'
import { parseContributionId, shareTreeOf, toShares } from '@datanets/sdk/utils'
import { FileMismatch, type RunContent } from './content.ts'
import { fail, pass } from './findings.ts'
import type { AnchoredRun, RunFinding } from './types.ts'

export interface CheckedScores {
  findings: RunFinding[]
  attribution?: AttributionBlock
}

/** The shares follow from the scores to the unit, the scores cover the dataset, and the tree on chain is theirs. */
export async function checkScores(
  run: AnchoredRun,
  content: RunContent,
  dataset: Dataset | undefined,
): Promise<CheckedScores> {
  const { result, runId } = run
  const attribution = decodeAttributionBlock(await content.block('The attribution', result.attribution))
  const refuse = (check: 'scores' | 'shares', code: string, message: string): CheckedScores => ({
    findings: [fail(check, code, message)],
    attribution,
  })
  if (attribution.runId !== runId) {
    return refuse('scores', 'other-run', `The scores say they belong to run ${attribution.runId}.`)
  }
  const scoresFile = await content.file(attribution.scores)
  const sharesFile = await content.file(attribution.shares)
  for (const file of [scoresFile, sharesFile]) {
    if (file instanceof FileMismatch) return refuse('scores', 'file-mismatch', `${file.name}: ${file.problem}.`)
  }
  const scores = decodeScores(scoresFile as Uint8Array)
  const problem = dataset && coverageProblem(scores, dataset)
  if (problem !== undefined) return refuse('scores', 'not-the-dataset', problem)

  const expected = toShares(
    scores.contributions.map(({ score }) => score),
    { hasPlace: scores.contributions.map(({ place }) => place) },
  )
  const wrong = scores.contributions.findIndex(({ share }, index) => share !== expected[index])
  if (wrong >= 0) {
    const { score, share } = scores.contributions[wrong]!
    const message = `Line ${wrong + 1} of the scores gives share ${share}; its score ${score} gives ${expected[wrong]}.`
    return refuse('shares', 'not-from-scores', message)
  }
  const shares = accountShares(scores.contributions)
  const stored = decodeShares(sharesFile as Uint8Array)
  const same =
    shares.length === stored.length &&
    shares.every(({ account, share }, index) => {
      return stored[index]!.account === account && stored[index]!.share === share
    })
  if (!same) return refuse('shares', 'not-summed', 'shares.json does not hold the sums of the scores file per account.')
  const tree = shareTreeOf(shares.map(({ account, share }, index) => ({ runId, index: BigInt(index), account, share })))
  if (tree.root !== result.attributionRoot || result.shareCount !== BigInt(shares.length)) {
    const message = `The shares give root ${tree.root} with ${shares.length} leaves, anchored is ${result.attributionRoot} with ${result.shareCount}.`
    return refuse('shares', 'other-root', message)
  }
  const findings = [
    pass('scores', `${scores.contributions.length} contributions have a score.`),
    pass('shares', `The shares of ${shares.length} accounts follow from the scores and are the tree on chain.`),
  ]
  return { findings, attribution }
}

/** Scores and dataset must list the same contributions of the same contributors, in the same order. */
function coverageProblem({ contributions }: Scores, { entries }: Dataset): string | undefined {
  if (contributions.length !== entries.length) {
    return `The scores list ${contributions.length} contributions, the dataset ${entries.length}.`
  }
  const index = entries.findIndex(({ contribution, contributor }, place) => {
    const line = contributions[place]!
    return line.contribution !== parseContributionId(contribution) || line.contributor !== contributor
  })
  return index < 0
    ? undefined
    : `Line ${index + 1} of the scores is not ${entries[index]!.contribution} of ${entries[index]!.contributor}.`
}
