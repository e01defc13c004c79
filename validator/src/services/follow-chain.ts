import type { LotStatus } from '@datanets/sdk'
import type { Address, PublicClient } from 'viem'
import type { LotFollower } from '../chain/follower.ts'
import type { Metrics } from '../metrics.ts'
import type { Service } from './service.ts'

const STATUSES: readonly LotStatus[] = ['open', 'closed', 'settled', 'appealed', 'accrued', 'lapsed']

interface Modules {
  client: PublicClient
  follower: LotFollower
  metrics: Metrics
}

/** Keeps the lots at the newest head and tells the numbers that follow from it. */
export class FollowChain implements Service {
  readonly name = 'follow'
  readonly #options: { sender: Address; onHead: () => void }
  readonly #modules: Modules

  constructor(options: { sender: Address; onHead: () => void }, modules: Modules) {
    this.#options = options
    this.#modules = modules
  }

  async tick(): Promise<void> {
    const { client, follower, metrics } = this.#modules
    const isNew = await follower.update()
    metrics.headLagSeconds.set(follower.ageMs / 1_000)
    if (!isNew) return
    const counts = new Map<LotStatus, number>()
    for (const { status } of follower.lots.values()) counts.set(status, (counts.get(status) ?? 0) + 1)
    for (const status of STATUSES) metrics.lots.set({ status }, counts.get(status) ?? 0)
    metrics.senderBalanceWei.set(Number(await client.getBalance({ address: this.#options.sender })))
    this.#options.onHead()
  }
}
