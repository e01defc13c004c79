import { type Deployment, getDatanet, getLots } from '@datanets/sdk'
import type { Chain, PublicClient, Transport } from 'viem'
import type { DatasetSource } from '../dataset/build.ts'

/** Reads Datanets from the chain's events, each lot compared with the hash the contract holds. */
export function datasetsOnChain(
  client: PublicClient<Transport, Chain | undefined>,
  deployment: Deployment,
): DatasetSource {
  return {
    chainId: deployment.chainId,
    contracts: deployment.contracts.Datanets.address,
    async lotsOf(datanetId) {
      const [{ modality }, lots] = await Promise.all([
        getDatanet(client, { datanetId, deployment }),
        getLots(client, { datanetId, deployment }),
      ])
      const accrued = lots.filter(({ status }) => status === 'accrued')
      return {
        datanetId,
        modality,
        // Accrued lots always have a state: only open ones lack it.
        lots: accrued.map(({ lot, lotId, submissions }) => ({
          id: lotId,
          accepted: lot!.accepted & ~lot!.revoked,
          submissions,
        })),
        waiting: lots.filter(({ itemCount, status }) => itemCount > 0 && status !== 'accrued' && status !== 'lapsed')
          .length,
      }
    },
  }
}
