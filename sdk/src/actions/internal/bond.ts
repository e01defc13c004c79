import type { Client } from 'viem'
import { readContract } from 'viem/actions'
import { appealsAbi, datanetsAbi } from '../../abis.ts'
import type { Deployment } from '../../types/deployment.ts'
import { fromLotId } from '../../utils/ids.ts'

/** Wei of OPEN that an objection to a lot, or a defence, puts at stake. */
export async function bondOf(
  client: Client,
  { deployment, lotId }: { deployment: Deployment; lotId: bigint },
): Promise<bigint> {
  const { Appeals, Datanets } = deployment.contracts
  const appeal = await readContract(client, {
    address: Appeals.address,
    abi: appealsAbi,
    functionName: 'appealOf',
    args: [lotId],
  })
  if (appeal.status !== 0) return appeal.bond
  const { appealBondFees, lotFee } = await readContract(client, {
    address: Datanets.address,
    abi: datanetsAbi,
    functionName: 'termsOf',
    args: [fromLotId(lotId).datanetId],
  })
  return lotFee * BigInt(appealBondFees)
}
