import { type Deployment, modelFactoryAbi, type RunResult, type RunSpec } from '@datanets/sdk'
import { hashResult } from '@datanets/sdk/utils'
import type { Address, Hex, PublicClient } from 'viem'
import { RunUnknownError } from '../errors/runs.ts'
import type { AnchoredRun } from './types.ts'

/** A run's specification and its present result, from events, the result compared with the hash the chain holds. */
export async function loadRun(client: PublicClient, deployment: Deployment, runId: Hex): Promise<AnchoredRun> {
  const { address, block } = deployment.contracts.ModelFactory
  const common = { address, abi: modelFactoryAbi, args: { runId }, fromBlock: BigInt(block) } as const
  const [opened, anchored, present] = await Promise.all([
    client.getContractEvents({ ...common, eventName: 'RunOpened' }),
    client.getContractEvents({ ...common, eventName: 'RunAnchored' }),
    client.readContract({ address, abi: modelFactoryAbi, functionName: 'runOf', args: [runId] }),
  ])
  const { resultHash } = present as { resultHash: Hex }
  const open = opened.at(-1)?.args as { owner: Address; spec: RunSpec } | undefined
  const anchor = anchored.findLast(({ args }) => (args as { resultHash: Hex }).resultHash === resultHash)
  const result = (anchor?.args as { result: RunResult } | undefined)?.result
  if (open === undefined || result === undefined || hashResult(result) !== resultHash) throw new RunUnknownError(runId)
  return { runId, owner: open.owner, spec: open.spec, result, resultHash }
}
