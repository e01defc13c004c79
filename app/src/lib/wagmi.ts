import { type Chain, defineChain } from 'viem'
import { createConfig, http, injected } from 'wagmi'
import type { AppConfig } from './config.ts'

export function chainOf({ deployment, chainName, rpcUrl }: AppConfig): Chain {
  return defineChain({
    id: deployment.chainId,
    name: chainName,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  })
}

/** Any EIP-6963 wallet announces itself; `injected` also finds one that only sets `window.ethereum`. */
export function wagmiConfigOf(config: AppConfig) {
  const chain = chainOf(config)
  return createConfig({
    chains: [chain],
    connectors: [injected()],
    transports: { [chain.id]: http(config.rpcUrl, { batch: true }) },
    multiInjectedProviderDiscovery: true,
    pollingInterval: 1000,
  })
}
