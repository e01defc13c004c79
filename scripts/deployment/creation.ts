import { type Address, type Hex, isAddressEqual, type PublicClient, pad } from 'viem'
import { CreationNotFoundError } from './errors.ts'

/** Blocks looked through, counted from the newest. */
const DEPTH = 5_000n

export type Creation = { block: number; transaction: Hex }

/**
 * The transaction that created a contract: by itself, or through a factory that logs the address as a topic, as CreateX
 * does.
 */
export async function creationOf(client: PublicClient, address: Address): Promise<Creation> {
  const to = await client.getBlockNumber()
  const from = to > DEPTH ? to - DEPTH : 0n
  const topic = pad(address).toLowerCase()
  for (let number = to; number >= from; number--) {
    const { transactions } = await client.getBlock({ blockNumber: number })
    for (const hash of transactions) {
      const { contractAddress, logs } = await client.getTransactionReceipt({ hash })
      const created = contractAddress ? isAddressEqual(contractAddress, address) : false
      const logged = logs.some(({ topics }) => topics.some((value) => value.toLowerCase() === topic))
      // An event of the contract itself, or of a user of it, names it too: only the one before it had code counts.
      if (!created && !logged) continue
      if (created || !(await client.getCode({ address, blockNumber: number - 1n }))) {
        return { block: Number(number), transaction: hash }
      }
    }
  }
  throw new CreationNotFoundError({ address, from, to })
}
