import type { Client } from 'viem'
import { readContract } from 'viem/actions'
import { validatorsAbi } from '../../abis.ts'
import type { Deployment } from '../../types/deployment.ts'

/** Wei of OPEN in one unit of stake. */
export function unitOf(client: Client, { contracts }: Deployment): Promise<bigint> {
  return readContract(client, { address: contracts.Validators.address, abi: validatorsAbi, functionName: 'UNIT' })
}
