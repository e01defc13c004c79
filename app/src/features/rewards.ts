import type { Datanet, GetContributorReturnType } from '@datanets/sdk'

/** What an account has coming from one Datanet. Amounts in wei. */
export type DatanetRewards = {
  datanetId: bigint
  /** Files being voted on. */
  pendingFiles: number
  /** What those files would earn if all were accepted. */
  pendingAtMost: bigint
  /** Accepted, and paid once its challenge window is over. */
  accepted: bigint
  claimable: bigint
}

/** Rewards by Datanet, only those with any. Pure. */
export function rewardsOf(
  { contributions, datanets: balances }: Pick<GetContributorReturnType, 'contributions' | 'datanets'>,
  datanets: readonly Pick<Datanet, 'datanetId' | 'terms'>[],
): DatanetRewards[] {
  const rows = datanets.map(({ datanetId, terms }): DatanetRewards => {
    const own = contributions.filter((contribution) => contribution.datanetId === datanetId)
    const pendingFiles = own.filter(({ status }) => status === 'pending').length
    const acceptedFiles = own.filter(({ status }) => status === 'accepted').length
    return {
      datanetId,
      pendingFiles,
      pendingAtMost: BigInt(pendingFiles) * terms.rewardPerFile,
      accepted: BigInt(acceptedFiles) * terms.rewardPerFile,
      claimable: balances.find((balance) => balance.datanetId === datanetId)?.balance ?? 0n,
    }
  })
  return rows.filter(({ pendingFiles, accepted, claimable }) => pendingFiles > 0 || accepted > 0n || claimable > 0n)
}
