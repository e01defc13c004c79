import { getDatanet, getDatanets, getLots, getRules } from '@datanets/sdk'
import { useQuery } from '@tanstack/react-query'
import { useStore } from '../../lib/context.ts'
import { useReader } from '../../lib/wallet.ts'

export function useDatanets() {
  const client = useReader()
  return useQuery({ queryKey: ['datanets'], queryFn: ({ signal }) => getDatanets(client, { signal }) })
}

export function useDatanet(datanetId: bigint) {
  const client = useReader()
  return useQuery({
    queryKey: ['datanet', `${datanetId}`],
    queryFn: ({ signal }) => getDatanet(client, { datanetId, signal }),
  })
}

/** Lots that hold anything, newest first; of one Datanet or of all. */
export function useLots(datanetId?: bigint) {
  const client = useReader()
  return useQuery({
    queryKey: ['lots', `${datanetId ?? 'all'}`],
    queryFn: async ({ signal }) =>
      (await getLots(client, { datanetId, signal })).filter(({ itemCount }) => itemCount > 0).reverse(),
  })
}

/** Rules never change, so they are fetched once. */
export function useRules(datanetId: bigint) {
  const client = useReader()
  const store = useStore()
  return useQuery({
    queryKey: ['rules', `${datanetId}`],
    queryFn: ({ signal }) => getRules(client, { datanetId, store, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => (state.data === undefined ? 5000 : false),
  })
}
