import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { getLot, type LotState } from '@datanets/sdk'
import type { ContentStore } from '@datanets/sdk/storage'
import type { LocalAccount } from 'viem'
import { createLogger } from '../../validator/src/logger.ts'
import { createValidatorNode, type ValidatorNode } from '../../validator/src/node.ts'
import { createCheckPool } from '../../validator/src/worker/index.ts'
import type { TestNetwork } from './validator-network.ts'

/** What the tests wait between looks, and the nodes between looks at the chain. */
export const POLL_MS = 250

/** Starts a node for each of the network's keys; they share one pool of checkers and know each other as peers. */
export async function startNodes(
  network: TestNetwork,
  store: ContentStore,
  { keys = network.keys, peers = [] }: { keys?: readonly LocalAccount[]; peers?: readonly string[] } = {},
): Promise<{ nodes: ValidatorNode[]; stop: () => Promise<void> }> {
  const dir = mkdtempSync(join(tmpdir(), 'nodes-'))
  const pool = createCheckPool({ size: 2 })
  const nodes: ValidatorNode[] = []
  for (const [at, signer] of keys.entries()) {
    nodes.push(
      createValidatorNode({
        client: network.client,
        deployment: network.deployment,
        signer,
        store,
        pool,
        dataDir: join(dir, String(at)),
        peers: () => [...nodes.filter((_, other) => other !== at).flatMap(({ url }) => url ?? []), ...peers],
        listen: { port: 0 },
        metrics: at === 0 ? { port: 0 } : undefined,
        pollMs: POLL_MS,
        slotSeconds: 2,
        logger: createLogger({ level: process.env.DATANETS_LOG ?? 'silent', bindings: { node: at } }),
      }),
    )
  }
  for (const node of nodes) await node.start()
  await Promise.all(nodes.map((node) => node.ready()))
  return {
    nodes,
    async stop() {
      await Promise.all(nodes.map((node) => node.stop()))
      pool.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Waits until a lot is in one of these states. */
export async function waitForLot(
  { client, deployment }: TestNetwork,
  lotId: bigint,
  statuses: readonly LotState['status'][],
  { seconds }: { seconds: number },
): Promise<LotState> {
  const until = Date.now() + seconds * 1_000
  for (;;) {
    const lot = await getLot(client, { deployment, lotId })
    if (statuses.includes(lot.status)) return lot
    if (Date.now() > until) throw new TypeError(`lot ${lotId} is still ${lot.status} after ${seconds} s`)
    await sleep(POLL_MS)
  }
}
