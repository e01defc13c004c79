import { getBytes, JsonRpcSigner, type Signer, type TransactionLike, type TypedDataField } from 'ethers'
import type { Account, Address, Hex, TransactionSerializable, TypedDataDefinition } from 'viem'
import { toAccount } from 'viem/accounts'

/** viem's account of an ethers signer. A wallet's signer stays with the wallet; any other signs here. */
export async function toViemAccount(signer: Signer): Promise<Account> {
  const address = (await signer.getAddress()) as Address
  if (signer instanceof JsonRpcSigner) return { address, type: 'json-rpc' }
  return toAccount({
    address,
    async signMessage({ message }) {
      const text = typeof message === 'string' ? message : bytesOf(message.raw)
      return (await signer.signMessage(text)) as Hex
    },
    async signTransaction(transaction) {
      return (await signer.signTransaction(toEthersTransaction(transaction))) as Hex
    },
    async signTypedData(typedData) {
      const { domain = {}, message, primaryType, types } = typedData as TypedDataDefinition
      const fields = { ...(types as unknown as Record<string, TypedDataField[]>) }
      // ethers works out the domain's type by itself, and which type is the primary one.
      delete fields.EIP712Domain
      const own = Object.fromEntries(Object.entries(fields).sort(([name]) => (name === primaryType ? -1 : 1)))
      return (await signer.signTypedData(domain as object, own, message as Record<string, unknown>)) as Hex
    },
  })
}

function bytesOf(raw: Hex | Uint8Array): Uint8Array {
  return typeof raw === 'string' ? getBytes(raw) : raw
}

function toEthersTransaction(transaction: TransactionSerializable): TransactionLike {
  const { chainId, data, gas, maxFeePerGas, maxPriorityFeePerGas, nonce, to, type, value } = transaction
  const { accessList, gasPrice } = transaction as { accessList?: never; gasPrice?: bigint }
  const fees = type === 'legacy' || type === 'eip2930' ? { gasPrice } : { maxFeePerGas, maxPriorityFeePerGas }
  return {
    type: type === 'legacy' ? 0 : type === 'eip2930' ? 1 : 2,
    chainId: chainId ?? null,
    to: to ?? null,
    data: data ?? '0x',
    value: value ?? 0n,
    nonce: nonce ?? null,
    gasLimit: gas ?? null,
    ...(accessList ? { accessList } : {}),
    ...Object.fromEntries(Object.entries(fees).filter(([, fee]) => fee !== undefined)),
  }
}
