import { type Address, type Client, createClient, custom } from 'viem'
import { useConnection, usePublicClient } from 'wagmi'

/** What only a wallet can answer. Everything else is read from our own node, which does not count requests. */
const OF_WALLET = /^(eth_sendTransaction|eth_sign|personal_|wallet_|eth_chainId$|eth_accounts$|eth_requestAccounts$)/

export function useReader() {
  const client = usePublicClient()
  if (client === undefined) throw new TypeError('The configured chain has no client.')
  return client
}

/** The one method of EIP-1193, as far as it is used here. */
type Requester = { request: (args: { method: string; params?: unknown }) => Promise<unknown> }

export type Wallet = {
  address: Address
  /** Whether the wallet is on the configured chain. */
  isOnChain: boolean
  /** A client that writes as the wallet's account. */
  open: () => Promise<Client>
}

/** The connected wallet; undefined where none is. */
export function useWallet(): Wallet | undefined {
  const { address, chainId, connector } = useConnection()
  const reader = useReader()
  if (address === undefined || connector === undefined) return undefined
  return {
    address,
    isOnChain: chainId === reader.chain.id,
    async open() {
      const provider = (await connector.getProvider()) as Requester
      const request: Requester['request'] = async (args) =>
        OF_WALLET.test(args.method) ? provider.request(args) : (reader as Requester).request(args)
      return createClient({
        account: address,
        chain: reader.chain,
        // A prompt that was answered must not be asked again.
        transport: custom({ request }, { retryCount: 0 }),
        pollingInterval: 500,
      })
    },
  }
}
