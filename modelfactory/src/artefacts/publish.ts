import type { RunResult } from '@datanets/sdk'
import type { ContentStore } from '@datanets/sdk/storage'
import { cidToDigest, shareTreeOf, toShares } from '@datanets/sdk/utils'
import { CID } from 'multiformats/cid'
import type { Hex } from 'viem'
import { RunBlockInvalidError } from '../errors/formats.ts'
import type { FileLink } from '../formats/file-link.ts'
import {
  encodeAdapterBlock,
  encodeAttributionBlock,
  encodeMetricsBlock,
  SCORES,
  SELF_TEST,
  SHARES,
} from '../formats/result.ts'
import { accountShares, decodeScores, encodeShares, type ShareEntry } from '../formats/scores.ts'
import { type Canonical, canonicalJson, sha256Of } from '../provenance/canonical.ts'
import type { ResultFile, TrainingResult } from '../trainer/result.ts'

export interface PublishInput {
  runId: Hex
  datasetCid: string
  result: TrainingResult
  store: ContentStore
  /** Provenance and other descriptions, by file name. */
  documents: Readonly<Record<string, { readonly [name: string]: Canonical }>>
}

export interface Published {
  result: RunResult
  shares: ShareEntry[]
}

/** Puts a finished run to IPFS and pins it. Equal files give equal digests: it can be done again after a crash. */
export async function publishRun({ runId, datasetCid, result, store, documents }: PublishInput): Promise<Published> {
  const put = (name: string, bytes: Uint8Array) => putFile(store, name, bytes)
  const from = (path: string) => {
    const { bytes, name } = fileOf(result, path)
    return put(name.split('/').at(-1)!, bytes)
  }
  const adapterFiles = [...result.files.keys()].filter((name) => name.startsWith('adapter/'))
  const adapter = encodeAdapterBlock({ runId, files: await Promise.all(adapterFiles.map(from)) })

  const described = Object.entries(documents).map(([name, value]) =>
    put(name, new TextEncoder().encode(canonicalJson(value))),
  )
  const plain = ['metrics.json', 'settings.json', 'manifest.json', 'dataset.json'].filter((name) =>
    result.files.has(name),
  )
  const metrics = encodeMetricsBlock({
    runId,
    dataset: CID.parse(datasetCid),
    files: await Promise.all([...plain.map(from), ...described]),
  })

  const scores = decodeScores(fileOf(result, SCORES).bytes)
  checkShares(scores.contributions)
  const shares = accountShares(scores.contributions)
  const attribution = encodeAttributionBlock({
    runId,
    method: scores.method,
    scores: await from(SCORES),
    shares: await put(SHARES, encodeShares(shares)),
    ...(result.files.has(SELF_TEST) ? { selfTest: await from(SELF_TEST) } : {}),
  })

  for (const block of [adapter, metrics, attribution]) {
    await store.pin(await store.put(block.bytes, { codec: 'dag-json' }))
  }
  const tree = shareTreeOf(shares.map(({ account, share }, index) => ({ runId, index: BigInt(index), account, share })))
  return {
    shares,
    result: {
      adapter: cidToDigest(adapter.cid),
      metrics: cidToDigest(metrics.cid),
      attributionRoot: tree.root,
      attribution: cidToDigest(attribution.cid),
      shareCount: BigInt(shares.length),
    },
  }
}

async function putFile(store: ContentStore, name: string, bytes: Uint8Array): Promise<FileLink> {
  const cid = await store.put(bytes, { codec: 'file' })
  return { name, cid, sha256: sha256Of(bytes), size: bytes.length }
}

function fileOf({ files }: TrainingResult, name: string): ResultFile {
  const file = files.get(name)
  if (file === undefined) throw new RunBlockInvalidError('result', `it has no ${name}`)
  return file
}

/** The trainer's shares, once more in this language: what validators will do. */
function checkShares(contributions: readonly { score: string; place: boolean; share: bigint }[]): void {
  const expected = toShares(
    contributions.map(({ score }) => score),
    { hasPlace: contributions.map(({ place }) => place) },
  )
  const index = contributions.findIndex(({ share }, place) => share !== expected[place])
  if (index >= 0) {
    throw new RunBlockInvalidError(
      'scores',
      `line ${index + 1} has share ${contributions[index]!.share}, its score gives ${expected[index]}`,
    )
  }
}
