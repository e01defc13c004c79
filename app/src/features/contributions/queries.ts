import { type ContributionState, getContributor, getLotItems } from '@datanets/sdk'
import { parseCid } from '@datanets/sdk/utils'
import { useQuery } from '@tanstack/react-query'
import type { Address } from 'viem'
import { useStore } from '../../lib/context.ts'
import { useReader } from '../../lib/wallet.ts'
import { reasonsIn } from './report.ts'

const FOREVER = Number.POSITIVE_INFINITY
const MAX_REPORT_BYTES = 2_000_000

export function useContributor(account: Address | undefined) {
  const client = useReader()
  return useQuery({
    queryKey: ['contributor', account],
    enabled: account !== undefined,
    queryFn: ({ signal }) => getContributor(client, { account: account!, signal }),
  })
}

/** The file of a contribution as its manifest tells it; asked for until it is published. */
export function useItem({ lotId, index }: Pick<ContributionState, 'lotId' | 'index'>) {
  const client = useReader()
  const store = useStore()
  return useQuery({
    queryKey: ['items', `${lotId}`],
    queryFn: ({ signal }) => getLotItems(client, { lotId, store, signal, timeoutMs: 5000 }),
    select: (items) => items.find((item) => item.index === index),
    refetchInterval: ({ state }) =>
      state.data?.some((item) => item.index === index && item.status !== 'unavailable') ? false : 3000,
  })
}

/** One validator's reasons for its vote on an item; null where its report says nothing of it. */
export function useReasons({ reportCid, index }: { reportCid: string; index: number }) {
  const store = useStore()
  return useQuery({
    queryKey: ['reasons', reportCid, index],
    queryFn: async ({ signal }) => {
      const bytes = await store.get(parseCid(reportCid), { maxBytes: MAX_REPORT_BYTES, timeoutMs: 5000, signal })
      return reasonsIn(bytes, index) ?? null
    },
    staleTime: FOREVER,
    refetchInterval: ({ state }) => (state.data === undefined ? 3000 : false),
  })
}
