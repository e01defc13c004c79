import type { RunsOnChain } from '../chain/runs-on-chain.ts'
import type { Canonical } from '../provenance/canonical.ts'
import { canonicalDigest } from '../provenance/canonical.ts'
import { mlflowRun } from '../provenance/mlflow.ts'
import { type NamedDigest, provenanceStatement } from '../provenance/statement.ts'
import type { Run } from '../runs/run.ts'
import type { TrainingResult } from '../trainer/result.ts'

type Document = { readonly [name: string]: Canonical }

/**
 * What a run is, in the words of others: an in-toto/SLSA statement and MLflow's metadata. Both hold only facts that are
 * stored with the run, so that they come out the same however often they are made.
 */
export function describeRun({
  run,
  result,
  chain,
}: {
  run: Run
  result: TrainingResult
  chain: Pick<RunsOnChain, 'chainId' | 'address' | 'owner'>
}): { 'provenance.json': Document; 'mlflow.json': Document } {
  const { dataset, finishedOn, inspected, runId, spec, startedOn } = run.facts
  const { manifest } = result
  const dependencies: NamedDigest[] = [
    { name: 'base', sha256: bare(inspected!.baseDigest), uri: `model:${inspected!.baseName}` },
    { name: 'dataset', sha256: bare(dataset!.digest), uri: `ipfs://${dataset!.cid}` },
    { name: 'trainer', sha256: bare(inspected!.code) },
  ]
  if (!/^0x0+$/.test(spec!.parent)) dependencies.push({ name: 'parent run', sha256: bare(spec!.parent) })
  const provenance = provenanceStatement({
    subjects: named(result, (name) => name.startsWith('adapter/')),
    externalParameters: inspected!.settings,
    internalParameters: {
      versions: manifest.versions,
      profile: manifest.profile,
      config: canonicalDigest(inspected!.settings),
    },
    dependencies,
    byproducts: named(result, (name) => !name.startsWith('adapter/')),
    builder: `eip155:${chain.chainId}:${chain.owner.toLowerCase()}`,
    invocation: `eip155:${chain.chainId}:${chain.address.toLowerCase()}/run/${runId}`,
    startedOn: startedOn!,
    finishedOn: finishedOn!,
  })
  const metrics = JSON.parse(new TextDecoder().decode(result.files.get('metrics.json')!.bytes)) as {
    heldOutLoss: Record<string, string>
    heldOutPerplexity: Record<string, string>
    trainingLoss: string[]
  }
  const mlflow = mlflowRun({
    name: run.request.name,
    runId: bare(runId!),
    settings: inspected!.settings,
    metrics: {
      ...prefixed('held_out_loss', metrics.heldOutLoss),
      ...prefixed('held_out_perplexity', metrics.heldOutPerplexity),
    },
    trainingLoss: metrics.trainingLoss,
    dataset: {
      name: 'dataset',
      digest: bare(dataset!.digest),
      source: `ipfs://${dataset!.cid}`,
      count: dataset!.count,
    },
    tags: { family: inspected!.family, base: inspected!.baseName, attribution: manifest.attribution ?? 'none' },
    startedAt: Date.parse(startedOn!),
    finishedAt: Date.parse(finishedOn!),
  })
  return { 'provenance.json': provenance, 'mlflow.json': mlflow }
}

function named({ files }: TrainingResult, keep: (name: string) => boolean): NamedDigest[] {
  return [...files.values()]
    .filter(({ name }) => keep(name))
    .map(({ name, sha256 }) => ({ name, sha256: bare(sha256) }))
}

function prefixed(prefix: string, values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}_${name}`, value]))
}

function bare(hex: string): string {
  return hex.replace(/^0x/, '')
}
