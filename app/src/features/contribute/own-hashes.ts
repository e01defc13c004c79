import { type ContributionStatus, getLotItems } from '@datanets/sdk'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Address } from 'viem'
import { useStore } from '../../lib/context.ts'
import { useReader } from '../../lib/wallet.ts'
import { useContributor } from '../contributions/queries.ts'

/** Contributions that a second one of the same bytes would repeat. Any other may be tried again. */
const COUNTED: readonly ContributionStatus[] = ['pending', 'accepted', 'accrued']

const NONE: ReadonlySet<string> = new Set()

/** sha-256 of what the account has contributed already, as far as it is published. */
export function useOwnHashes(account: Address): ReadonlySet<string> {
  const client = useReader()
  const store = useStore()
  const { data: contributor } = useContributor(account)
  const counted = contributor?.contributions.filter(({ status }) => COUNTED.includes(status)) ?? []
  const ids = new Set(counted.map(({ contributionId }) => contributionId))
  const { data: hashes } = useQuery({
    queryKey: ['own-hashes', account, [...ids].join()],
    enabled: ids.size > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<ReadonlySet<string>> => {
      const lotIds = [...new Set(counted.map(({ lotId }) => lotId))]
      const lots = await Promise.all(
        lotIds.map((lotId) => getLotItems(client, { lotId, store, signal, timeoutMs: 5000 })),
      )
      // What cannot be fetched now is simply not known: validators would find the repeat.
      return new Set(
        lots
          .flat()
          .flatMap((item) =>
            item.status === 'found' && ids.has(item.contributionId) ? [item.contribution.contentHash] : [],
          ),
      )
    },
  })
  return hashes ?? NONE
}
