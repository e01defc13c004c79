import { type Account, type Client, type Hex, keccak256 } from 'viem'
import { getChainId, prepareTransactionRequest, sendRawTransaction, sendTransaction } from 'viem/actions'
import { decodeContractError } from '../../errors/decode.ts'
import type { PreparedCall } from './write.ts'

/** A transaction on its way. `raw` where we hold the key, so that it can be sent again unchanged. */
export type SentTransaction = { hash: Hex; raw?: Hex | undefined }

/**
 * Sends a call so that a crash cannot send it twice: with a key of our own the transaction is signed and handed to
 * `onSigned` before it leaves; a wallet's is handed over once the wallet says it was sent.
 */
export async function sendOnce(
  client: Client,
  { data, to }: Pick<PreparedCall, 'to' | 'data'>,
  account: Account,
  onSigned: (transaction: SentTransaction) => Promise<void>,
): Promise<Hex> {
  try {
    if (account.type !== 'local') {
      const hash = await sendTransaction(client, { account, to, data, chain: client.chain ?? null })
      await onSigned({ hash })
      return hash
    }
    const chain = client.chain ?? null
    const nonce = await account.nonceManager?.consume({
      address: account.address,
      chainId: client.chain?.id ?? (await getChainId(client)),
      client,
    })
    const request = await prepareTransactionRequest(client, {
      account,
      to,
      data,
      chain,
      ...(nonce === undefined ? {} : { nonce }),
    })
    const raw = await account.signTransaction(request as Parameters<typeof account.signTransaction>[0])
    const hash = keccak256(raw)
    await onSigned({ hash, raw })
    await sendRawTransaction(client, { serializedTransaction: raw })
    return hash
  } catch (error) {
    throw decodeContractError(error)
  }
}
