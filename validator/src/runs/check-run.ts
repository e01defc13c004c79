import { type DatasetSource, RunBlockInvalidError } from '@datanets/modelfactory/recompute'
import { BaseError } from '@datanets/sdk'
import type { ContentStore } from '@datanets/sdk/storage'
import { checkAdapter } from './check-adapter.ts'
import { checkConfig } from './check-config.ts'
import { checkDataset } from './check-dataset.ts'
import { checkRetraining } from './check-retraining.ts'
import { checkScores } from './check-scores.ts'
import { RunContent } from './content.ts'
import { fail } from './findings.ts'
import type { AnchoredRun, Retrain, RunFinding, RunVerdict } from './types.ts'

export interface CheckRunOptions {
  store: ContentStore
  /** The chain's Datanets, read by this node itself. */
  source: DatasetSource
  /** Trains again; most nodes do not. */
  retrain?: Retrain
}

/**
 * Recomputes what can be recomputed of a run's result. Every part is looked at, so that a refusal names all that is wrong.
 * @throws RunContentUnavailableError when a part could not be fetched: then nothing is known, and nothing is signed.
 */
export async function checkRun(run: AnchoredRun, { retrain, source, store }: CheckRunOptions): Promise<RunVerdict> {
  const content = new RunContent(store)
  const { dataset, finding: datasetFinding } = await judged('dataset', () =>
    checkDataset(run, content, { source, store }),
  )
  const { adapter, finding: adapterFinding } = await judged('adapter', () => checkAdapter(run, content))
  const { attribution, findings: scoresFindings } = await judgedScores(() => checkScores(run, content, dataset))
  const config = await judged('config', () => checkConfig(run, content, { adapter, attribution }))
  const findings = [datasetFinding, config.finding, adapterFinding, ...scoresFindings]
  if (findings.every(({ verdict }) => verdict === 'pass')) {
    findings.push(await checkRetraining(run, retrain, { settings: config.settings, adapter, attribution }))
  }
  return { attest: findings.every(({ verdict }) => verdict !== 'fail'), findings }
}

/** A block that is not what it must be is the owner's fault and refuses; everything else that goes wrong is not. */
async function judged<result extends { finding: RunFinding }>(
  check: RunFinding['check'],
  work: () => Promise<result>,
): Promise<Partial<result> & { finding: RunFinding }> {
  try {
    return await work()
  } catch (error) {
    return { finding: malformed(check, error) } as Partial<result> & { finding: RunFinding }
  }
}

async function judgedScores(work: () => ReturnType<typeof checkScores>): ReturnType<typeof checkScores> {
  try {
    return await work()
  } catch (error) {
    return { findings: [malformed('scores', error)] }
  }
}

/** Errors that say a run's own bytes make no sense. */
const MALFORMED = new Set(['InvalidIdError', 'InvalidManifestError', 'InvalidScoresError', 'UnexpectedCidError'])

function malformed(check: RunFinding['check'], error: unknown): RunFinding {
  if (error instanceof RunBlockInvalidError || (error instanceof BaseError && MALFORMED.has(error.name))) {
    return fail(check, 'malformed', error.shortMessage)
  }
  throw error
}
