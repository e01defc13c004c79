import type { AdapterBlock, AttributionBlock } from '@datanets/modelfactory/recompute'
import { digestToCid } from '@datanets/sdk/utils'
import { WEIGHTS } from './check-adapter.ts'
import { fail, notChecked, pass } from './findings.ts'
import type { AnchoredRun, Retrain, RunFinding } from './types.ts'

/** Trains again and compares bytes. Only on the pinned profile do two machines give the same ones. */
export async function checkRetraining(
  { spec }: AnchoredRun,
  retrain: Retrain | undefined,
  found: {
    settings: Uint8Array | undefined
    adapter: AdapterBlock | undefined
    attribution: AttributionBlock | undefined
  },
): Promise<RunFinding> {
  const { adapter, attribution, settings } = found
  if (retrain === undefined) return notChecked('retraining', 'This node does not train.')
  if (settings === undefined || adapter === undefined || attribution === undefined) {
    return notChecked('retraining', 'What was anchored is refused already.')
  }
  const { device, profile } = JSON.parse(new TextDecoder().decode(settings)) as { device?: string; profile?: string }
  if (profile !== 'pinned' || device !== 'cpu') {
    return notChecked(
      'retraining',
      'The run did not train on the pinned CPU profile, so its bytes cannot be had again.',
    )
  }
  const again = await retrain({ spec, settings, datasetCid: digestToCid(spec.dataset, 'dag-json').toString() })
  if ('reason' in again) return notChecked('retraining', `Not trained again: ${again.reason}.`)
  const weights = adapter.files.find(({ name }) => name === WEIGHTS)?.sha256
  if (again.adapter !== weights) {
    return fail(
      'retraining',
      'other-adapter',
      `Training again gives ${WEIGHTS} ${again.adapter}, anchored is ${weights}.`,
    )
  }
  if (again.scores !== attribution.scores.sha256) {
    const message = `Training again gives scores ${again.scores}, anchored are ${attribution.scores.sha256}.`
    return fail('retraining', 'other-scores', message)
  }
  return pass('retraining', 'Training again gives the same adapter and the same scores, byte for byte.')
}
