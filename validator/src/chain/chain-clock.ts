import type { PublicClient } from 'viem'
import type { Head } from './follower.ts'

/**
 * The time the next block would have, in seconds: what contracts will compare with. Never this machine's wall clock, which
 * may be wrong; only how long ago the head was seen is taken from it, where the endpoint knows no pending block.
 */
export class ChainClock {
  readonly #client: PublicClient
  #head: Head | undefined
  #headSeenAt = 0

  constructor(client: PublicClient) {
    this.#client = client
  }

  async now(head: Head): Promise<number> {
    if (head.hash !== this.#head?.hash) {
      this.#head = head
      this.#headSeenAt = performance.now()
    }
    const elapsed = Math.floor((performance.now() - this.#headSeenAt) / 1_000)
    const estimate = Number(head.timestamp) + elapsed
    const pending = await this.#client.getBlock({ blockTag: 'pending' }).catch(() => undefined)
    // A pending block far behind the head is an endpoint that does not mean it.
    return pending && pending.timestamp >= head.timestamp ? Number(pending.timestamp) : estimate
  }
}
