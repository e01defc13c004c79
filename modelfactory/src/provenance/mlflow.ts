import type { Canonical } from './canonical.ts'

export interface MlflowInput {
  name: string
  runId: string
  settings: { readonly [name: string]: Canonical }
  /** Decimal strings by name. */
  metrics: Readonly<Record<string, string>>
  /** One decimal string per optimizer step. */
  trainingLoss: readonly string[]
  dataset: { name: string; digest: string; source: string; count: number }
  tags: Readonly<Record<string, string>>
  startedAt: number
  finishedAt: number
}

/**
 * A run as MLflow's REST API knows it (`mlflow.entities.Run`: info, data, inputs), so that it can be imported there. Values of
 * metrics stay decimal strings: this file is hashed.
 */
export function mlflowRun(input: MlflowInput): { readonly [name: string]: Canonical } {
  const { settings, metrics, trainingLoss, dataset, tags } = input
  return {
    info: {
      run_id: input.runId,
      run_name: input.name,
      status: 'FINISHED',
      start_time: input.startedAt,
      end_time: input.finishedAt,
      lifecycle_stage: 'active',
    },
    data: {
      params: Object.entries(settings)
        .map(([key, value]) => ({ key, value: typeof value === 'string' ? value : JSON.stringify(value) }))
        .sort(byKey),
      metrics: [
        ...Object.entries(metrics).map(([key, value]) => ({ key, value, step: trainingLoss.length })),
        ...trainingLoss.map((value, index) => ({ key: 'train_loss', value, step: index + 1 })),
      ],
      tags: Object.entries(tags)
        .map(([key, value]) => ({ key, value }))
        .sort(byKey),
    },
    inputs: {
      dataset_inputs: [
        {
          dataset: {
            name: dataset.name,
            digest: dataset.digest,
            source_type: 'ipfs',
            source: dataset.source,
            profile: JSON.stringify({ num_rows: dataset.count }),
          },
          tags: [{ key: 'mlflow.data.context', value: 'training' }],
        },
      ],
    },
  }
}

function byKey(one: { key: string }, other: { key: string }): number {
  return one.key < other.key ? -1 : one.key > other.key ? 1 : 0
}
