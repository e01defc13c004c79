import type { Address, Client } from 'viem'
import { getBlock, getBlockNumber, readContract } from 'viem/actions'
import { datanetsAbi, openTokenAbi, validatorsAbi } from '../../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../../addresses.ts'
import { decodeContractError } from '../../errors/decode.ts'
import type { Deployment } from '../../types/deployment.ts'

/** What every read accepts. */
export type ReadParameters = DeploymentParameter & {
  /** The block to answer for; the latest by default. */
  blockNumber?: bigint | undefined
  signal?: AbortSignal | undefined
}

/** A fixed view of one deployment at one block, so that the parts of an answer belong together. */
export type View = { client: Client; deployment: Deployment; blockNumber: bigint; signal: AbortSignal | undefined }

export async function viewOf(client: Client, { blockNumber, deployment, signal }: ReadParameters): Promise<View> {
  const [resolved, block] = await Promise.all([
    resolveDeployment(client, deployment),
    // A block remembered from before would hide what the caller just did.
    blockNumber ?? getBlockNumber(client, { cacheTime: 0 }),
  ])
  return { client, deployment: resolved, blockNumber: block, signal }
}

/** Seconds since 1970 of the view's block. */
export async function timeOf({ blockNumber, client }: View): Promise<number> {
  return Number((await getBlock(client, { blockNumber })).timestamp)
}

export const datanetsOf = ({ deployment }: View) => contractOf(datanetsAbi, deployment.contracts.Datanets.address)
export const validatorsOf = ({ deployment }: View) => contractOf(validatorsAbi, deployment.contracts.Validators.address)
export const openTokenOf = ({ deployment }: View) => contractOf(openTokenAbi, deployment.contracts.OpenToken.address)

function contractOf<const abi>(abi: abi, address: Address): { abi: abi; address: Address } {
  return { abi, address }
}

/** `readContract` at the view's block, with failures of our own. */
export const readAt: typeof readContract = async (client, parameters) => {
  try {
    return await readContract(client, parameters)
  } catch (error) {
    throw decodeContractError(error)
  }
}

/** Runs `read` for each, a few at a time, in order. */
export async function mapLimited<item, result>(
  items: readonly item[],
  read: (item: item, index: number) => Promise<result>,
  limit = 16,
): Promise<result[]> {
  const results: result[] = new Array(items.length)
  let next = 0
  const worker = async () => {
    while (next < items.length) {
      const index = next++
      results[index] = await read(items[index]!, index)
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  return results
}
