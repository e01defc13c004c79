import {
  type Address,
  getTypesForEIP712Domain,
  type Hex,
  type LocalAccount,
  numberToHex,
  serializeTypedData,
  type TypedDataDomain,
} from 'viem'
import { toAccount } from 'viem/accounts'
import { ExternalSignerError } from '../errors/keys.ts'

export interface ExternalSignerOptions {
  url: string
  address: Address
  timeoutMs?: number
}

/**
 * An account whose key stays with a signer over JSON-RPC (`eth_signTypedData`, `eth_signTransaction`, `eth_sign`), such as
 * Web3Signer. Each request has a deadline; nothing is asked twice here, because callers decide what is safe to repeat.
 */
export function externalSigner({ url, address, timeoutMs = 10_000 }: ExternalSignerOptions): LocalAccount {
  const ask = (method: string, params: unknown[]) => request({ url, method, params, timeoutMs })
  return toAccount({
    address,
    async signMessage({ message }) {
      const raw = typeof message === 'string' ? `0x${Buffer.from(message).toString('hex')}` : message.raw
      return ask('eth_sign', [address, raw])
    },
    async signTypedData(typedData) {
      const types = {
        EIP712Domain: getTypesForEIP712Domain(typedData as { domain?: TypedDataDomain }),
        ...typedData.types,
      }
      // As an object, not as text, and with the domain's own type: that is what signers of this kind take.
      return ask('eth_signTypedData', [address, JSON.parse(serializeTypedData({ ...typedData, types } as never))])
    },
    async signTransaction(transaction) {
      const { to, data, value, gas, nonce, maxFeePerGas, maxPriorityFeePerGas, chainId } = transaction
      const quantity = (amount: bigint | number | undefined) => (amount === undefined ? undefined : numberToHex(amount))
      return ask('eth_signTransaction', [
        {
          from: address,
          to,
          data,
          value: quantity(value ?? 0n),
          gas: quantity(gas),
          nonce: quantity(nonce ?? 0),
          maxFeePerGas: quantity(maxFeePerGas),
          maxPriorityFeePerGas: quantity(maxPriorityFeePerGas),
          chainId: quantity(chainId),
        },
      ])
    },
  })
}

async function request({
  url,
  method,
  params,
  timeoutMs,
}: {
  url: string
  method: string
  params: unknown[]
  timeoutMs: number
}): Promise<Hex> {
  let answer: unknown
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    })
    answer = await response.json()
  } catch (cause) {
    throw new ExternalSignerError(method, `no answer within ${timeoutMs} ms`, cause)
  }
  const { result, error } = answer as { result?: unknown; error?: { message?: string } }
  if (error) throw new ExternalSignerError(method, error.message ?? 'it refused without a reason')
  if (typeof result !== 'string' || !/^0x[0-9a-f]+$/i.test(result)) {
    throw new ExternalSignerError(method, 'the answer is not hex')
  }
  return result as Hex
}
