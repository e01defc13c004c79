import type { JsonRpcApiProvider, Provider } from 'ethers'
import { type CustomTransport, custom } from 'viem'
import { ProviderWithoutRpcError } from '../errors/ethers.ts'

/** viem's transport over an ethers provider: its connection, headers and retries stay in charge. */
export function toTransport(provider: Provider): CustomTransport {
  if (!hasSend(provider)) throw new ProviderWithoutRpcError({ provider: provider.constructor.name })
  return custom({
    request: async ({ method, params }: { method: string; params?: unknown }) => {
      try {
        return await provider.send(method, (params ?? []) as unknown[])
      } catch (error) {
        throw unwrap(error)
      }
    },
  })
}

function hasSend(provider: Provider): provider is JsonRpcApiProvider {
  return 'send' in provider && typeof provider.send === 'function'
}

/** ethers wraps what the node said; viem, and our errors, read the node's own words, with the revert's data. */
function unwrap(error: unknown): unknown {
  const { error: inner, info } = error as { error?: unknown; info?: { error?: unknown } }
  const own = info?.error ?? inner
  return typeof own === 'object' && own !== null && 'code' in own ? own : error
}
