import { type AppealState, appealsAbi, type Deployment, getAppeal } from '@datanets/sdk'
import { type Address, encodeFunctionData, type Hex, type PublicClient } from 'viem'
import type { AttestationSigner } from '../attestations/signing.ts'
import { JournalConflictError } from '../errors/journal.ts'
import type { LotJudge } from '../examine/judge.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import type { ChainState, LotAt } from './chain-state.ts'
import type { Dispatcher, Outcome } from './dispatcher.ts'
import type { Service } from './service.ts'
import { isOurTurn } from './turn.ts'

interface Modules {
  client: PublicClient
  state: ChainState
  signer: AttestationSigner
  judge: LotJudge
  dispatcher: Dispatcher
  logger: Logger
  metrics: Metrics
}

/**
 * Takes appealed lots to their end: draws the committee, votes in it where this node has a seat, settles. A committee's votes
 * go on chain one by one, so there is nothing to exchange with peers.
 */
export class JudgeAppeals implements Service {
  readonly name = 'appeals'
  readonly #options: { deployment: Deployment; slotSeconds: number }
  readonly #modules: Modules

  constructor(options: { deployment: Deployment; slotSeconds: number }, modules: Modules) {
    this.#options = options
    this.#modules = modules
  }

  async tick(): Promise<void> {
    const { client, state, judge, logger, metrics } = this.#modules
    const { deployment } = this.#options
    const lots = await state.lotsIn('appealed')
    const digests = new Set<Hex>()
    for (const lot of lots) {
      const appeal = await getAppeal(client, { deployment, lotId: lot.view.lotId })
      if (!appeal) continue
      digests.add(appeal.digest)
      try {
        if (appeal.status === 'open') await this.#seat(lot)
        if (appeal.status === 'seated') await this.#goOn(lot, appeal)
      } catch (error) {
        if (error instanceof JournalConflictError) metrics.journalRefusals.inc()
        logger.error({ lot: lot.view.label, error }, 'appeal failed, will be tried again')
      }
    }
    judge.keepOnly(digests)
  }

  /** Draws the committee once nobody can object any more. */
  async #seat(lot: LotAt): Promise<void> {
    const dueAt = Number(lot.view.lot!.settledAt) + lot.datanet.terms.challengeWindow + 1
    if (!this.#isOurTurn(lot, dueAt)) return
    const args = [lot.view.lot!, lot.view.submissions] as const
    await this.#send('seat', lot, encodeFunctionData({ abi: appealsAbi, functionName: 'seat', args }))
  }

  async #goOn(lot: LotAt, appeal: AppealState): Promise<void> {
    const endsAt = appeal.voteEndsAt!
    const seat = appeal.seats.indexOf(this.#modules.state.validatorId)
    const hasVoted = (index: number) => (appeal.seatsVoted >> index) & 1
    if (seat !== -1 && !hasVoted(seat) && lot.now <= endsAt) await this.#attest(lot, appeal, seat)
    const isComplete = appeal.seats.every((_, index) => hasVoted(index))
    if (!this.#isOurTurn(lot, isComplete ? endsAt - lot.datanet.terms.voteWindow : endsAt + 1)) return
    const data = encodeFunctionData({ abi: appealsAbi, functionName: 'settle', args: [lot.view.lot!] })
    await this.#send('settle', lot, data)
  }

  async #attest(lot: LotAt, { digest, items, voteEndsAt }: AppealState, seat: number): Promise<void> {
    const { signer, judge, state } = this.#modules
    const { label, lotId } = lot.view
    let votes = signer.recorded(digest)
    if (!votes) {
      const startedAt = voteEndsAt! - lot.datanet.terms.voteWindow
      const report = await judge.judge({ lot, digest, startedAt })
      if (!report) return
      const all = await judge.publish(report)
      // A committee judges what was objected to, and nothing else.
      votes = { ...all, accepted: all.accepted & items, rejected: all.rejected & items }
    }
    const { accepted, rejected, report, r, vs } = await signer.sign(
      { digest, label: `appeal of ${label}`, validatorId: state.validatorId },
      votes,
    )
    const args = [lotId, BigInt(seat), { accepted, rejected, report, r, vs }] as const
    await this.#send('attest', lot, encodeFunctionData({ abi: appealsAbi, functionName: 'attest', args }))
  }

  #isOurTurn({ view, now }: LotAt, dueAt: number): boolean {
    const turn = this.#modules.state.turnOf(view)
    const { slotSeconds } = this.#options
    return turn !== undefined && isOurTurn(turn, { now, dueAt, rotation: view.number, slotSeconds })
  }

  #send(step: 'seat' | 'attest' | 'settle', { view }: LotAt, data: Hex): Promise<Outcome> {
    const to: Address = this.#options.deployment.contracts.Appeals.address
    return this.#modules.dispatcher.perform({ duty: 'appeal', label: `${step} of ${view.label}`, to, data })
  }
}
