import {
  type AttributionBlock,
  accountShares,
  type Dataset,
  decodeAdapterBlock,
  decodeAttributionBlock,
  decodeDataset,
  decodeMetricsBlock,
  decodeScores,
  encodeAdapterBlock,
  encodeAttributionBlock,
  encodeDataset,
  encodeMetricsBlock,
  encodeShares,
  type FileLink,
} from '@datanets/modelfactory/recompute'
import type { RunResult } from '@datanets/sdk'
import type { ContentStore } from '@datanets/sdk/storage'
import { cidToDigest, digestToCid, type EncodedBlock, shareTreeOf, toShares } from '@datanets/sdk/utils'
import { type Hex, sha256 } from 'viem'
import type { AnchoredRun } from '../../validator/src/runs/index.ts'

/** Makes lies out of an honest run: each returns the run as its owner would anchor it, every digest fitting but the truth. */
export function tamperer(store: ContentStore) {
  const put = async ({ bytes }: EncodedBlock) => cidToDigest(await store.put(bytes, { codec: 'dag-json' }))
  const putFile = async (name: string, bytes: Uint8Array): Promise<FileLink> => {
    return { name, cid: await store.put(bytes, { codec: 'file' }), sha256: sha256(bytes), size: bytes.length }
  }
  const get = (digest: Hex) => store.get(digestToCid(digest, 'dag-json'))
  const replace = (files: FileLink[], file: FileLink) => files.map((old) => (old.name === file.name ? file : old))

  async function attributionOf(
    run: AnchoredRun,
    change: (block: AttributionBlock) => Promise<Partial<AttributionBlock>>,
  ) {
    const block = decodeAttributionBlock(await get(run.result.attribution))
    return put(encodeAttributionBlock({ ...block, ...(await change(block)) }))
  }

  return {
    /** The first contribution's share grows at the cost of the others; tree and sums follow the lie. */
    async scores(run: AnchoredRun): Promise<AnchoredRun> {
      let shares: ReturnType<typeof accountShares> = []
      const attribution = await attributionOf(run, async ({ scores }) => {
        const file = JSON.parse(new TextDecoder().decode(await store.get(scores.cid)))
        const last = file.contributions.findLastIndex((line: { share: number }) => line.share > 1000)
        file.contributions[0].share += 1000
        file.contributions[last].share -= 1000
        const bytes = new TextEncoder().encode(JSON.stringify(file))
        shares = accountShares(decodeScores(bytes).contributions)
        return { scores: await putFile(scores.name, bytes), shares: await putFile('shares.json', encodeShares(shares)) }
      })
      const leaves = shares.map(({ account, share }, index) => ({
        runId: run.runId,
        index: BigInt(index),
        account,
        share,
      }))
      const result: RunResult = { ...run.result, attribution, attributionRoot: shareTreeOf(leaves).root }
      return { ...run, result }
    },

    /** Scores as another training would have given them, and everything that follows from them: only training again tells. */
    async forgery(run: AnchoredRun): Promise<AnchoredRun> {
      let shares: ReturnType<typeof accountShares> = []
      let scoresFile: FileLink | undefined
      const attribution = await attributionOf(run, async ({ scores }) => {
        const file = JSON.parse(new TextDecoder().decode(await store.get(scores.cid)))
        file.contributions[0].score = '1000'
        const given = toShares(
          file.contributions.map(({ score }: { score: string }) => score),
          { hasPlace: file.contributions.map(({ place }: { place: boolean }) => place) },
        )
        for (const [index, share] of given.entries()) file.contributions[index].share = Number(share)
        const bytes = new TextEncoder().encode(JSON.stringify(file))
        shares = accountShares(decodeScores(bytes).contributions)
        scoresFile = await putFile(scores.name, bytes)
        return { scores: scoresFile, shares: await putFile('shares.json', encodeShares(shares)) }
      })
      const block = decodeMetricsBlock(await get(run.result.metrics))
      const old = block.files.find(({ name }) => name === 'manifest.json')!
      const manifest = JSON.parse(new TextDecoder().decode(await store.get(old.cid)))
      manifest.files['scores.json'] = scoresFile!.sha256
      const file = await putFile('manifest.json', new TextEncoder().encode(JSON.stringify(manifest)))
      const metrics = await put(encodeMetricsBlock({ ...block, files: replace(block.files, file) }))
      const leaves = shares.map(({ account, share }, index) => ({
        runId: run.runId,
        index: BigInt(index),
        account,
        share,
      }))
      const attributionRoot = shareTreeOf(leaves).root
      return {
        ...run,
        result: { ...run.result, attribution, metrics, attributionRoot, shareCount: BigInt(leaves.length) },
      }
    },

    /** The scores are honest, but the tree on chain is another one. */
    async root(run: AnchoredRun): Promise<AnchoredRun> {
      return { ...run, result: { ...run.result, attributionRoot: sha256('0x01') } }
    },

    /** A contribution that was never accepted is among the data. */
    async dataset(run: AnchoredRun): Promise<AnchoredRun> {
      const honest: Dataset = await decodeDataset(await get(run.spec.dataset), (cid) => store.get(cid))
      const [first] = honest.entries
      const invented = { ...first!, contribution: first!.contribution.replace(/\d+$/, '250') }
      const { head, parts } = encodeDataset({ ...honest, entries: [...honest.entries, invented] })
      for (const part of parts) await put(part)
      const dataset = await put(head)
      const block = decodeMetricsBlock(await get(run.result.metrics))
      const metrics = await put(encodeMetricsBlock({ ...block, dataset: head.cid }))
      return { ...run, spec: { ...run.spec, dataset }, result: { ...run.result, metrics } }
    },

    /** Other weights than those that were trained. */
    async adapter(run: AnchoredRun): Promise<AnchoredRun> {
      const block = decodeAdapterBlock(await get(run.result.adapter))
      const weights = block.files.find(({ name }) => name.endsWith('.safetensors'))!
      const bytes = new Uint8Array(await store.get(weights.cid))
      bytes[bytes.length - 1]! ^= 1
      const adapter = encodeAdapterBlock({ ...block, files: replace(block.files, await putFile(weights.name, bytes)) })
      return { ...run, result: { ...run.result, adapter: await put(adapter) } }
    },

    /** A file that is no adapter: pickles run code when they are read. */
    async pickle(run: AnchoredRun): Promise<AnchoredRun> {
      const block = decodeAdapterBlock(await get(run.result.adapter))
      const pickle = await putFile('training_args.bin', new TextEncoder().encode('not a tensor'))
      return {
        ...run,
        result: {
          ...run.result,
          adapter: await put(encodeAdapterBlock({ ...block, files: [...block.files, pickle] })),
        },
      }
    },

    /** Other settings than the run was opened with. */
    async settings(run: AnchoredRun): Promise<AnchoredRun> {
      const block = decodeMetricsBlock(await get(run.result.metrics))
      const file = await putFile('settings.json', new TextEncoder().encode('{"epochs":30,"seed":42}'))
      const metrics = encodeMetricsBlock({ ...block, files: replace(block.files, file) })
      return { ...run, result: { ...run.result, metrics: await put(metrics) } }
    },
  }
}
