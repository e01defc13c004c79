import { type DatasetSource, datasetsOnChain } from '@datanets/modelfactory/recompute'
import { type Deployment, modelFactoryAbi } from '@datanets/sdk'
import type { ContentStore } from '@datanets/sdk/storage'
import { type Address, encodeFunctionData, type Hex, type LocalAccount, type PublicClient } from 'viem'
import { ValidatorError } from '../errors/base.ts'
import type { Journal } from '../journal/journal.ts'
import type { Logger } from '../logger.ts'
import type { Service } from '../services/service.ts'
import { checkRun } from './check-run.ts'
import { loadRun } from './load.ts'
import { publishRunReport } from './report.ts'
import { type SignedRunVote, signRun } from './sign-run.ts'
import type { Retrain, RunVerdict } from './types.ts'

export interface AttestRunsModules {
  client: PublicClient
  deployment: Deployment
  store: ContentStore
  journal: Journal
  /** The registered signing key. */
  signer: LocalAccount
  /** Sends a call of the duty `attest-run`. */
  send: (call: { to: Address; data: Hex; label: string }) => Promise<unknown>
  validatorId: () => Promise<number> | number
  logger: Logger
  retrain?: Retrain
}

/** In the order of the contract's enum: a result can be voted on while Anchored or Attested. */
const ANCHORED = 2
const ATTESTED = 3

/** Looks at every anchored run, and attests or refuses its result on chain. */
export class AttestRuns implements Service {
  readonly name = 'attest-runs'
  readonly #modules: AttestRunsModules
  readonly #source: DatasetSource
  readonly #done = new Set<Hex>()
  #nextBlock: bigint
  #waiting = new Set<Hex>()

  constructor(modules: AttestRunsModules) {
    this.#modules = modules
    this.#source = datasetsOnChain(modules.client, modules.deployment)
    this.#nextBlock = BigInt(modules.deployment.contracts.ModelFactory.block)
  }

  async tick(): Promise<void> {
    const { client, deployment, logger } = this.#modules
    const head = await client.getBlockNumber({ cacheTime: 0 })
    if (head >= this.#nextBlock) {
      const events = await client.getContractEvents({
        address: deployment.contracts.ModelFactory.address,
        abi: modelFactoryAbi,
        eventName: 'RunAnchored',
        fromBlock: this.#nextBlock,
        toBlock: head,
      })
      for (const { args } of events) this.#waiting.add((args as { runId: Hex }).runId)
      this.#nextBlock = head + 1n
    }
    for (const runId of [...this.#waiting]) {
      try {
        await this.vote(runId)
        this.#waiting.delete(runId)
      } catch (error) {
        // What could not be fetched may come; everything else is told and tried again too, because nothing was signed.
        const level = error instanceof ValidatorError && error.remedy === 'retry' ? 'info' : 'warn'
        logger[level]({ runId, error }, 'run not checked, will be looked at again')
      }
    }
  }

  /** Checks one run and sends the vote. Returns undefined where there is nothing to vote on, or the vote is in. */
  async vote(runId: Hex): Promise<{ verdict: RunVerdict; vote: SignedRunVote } | undefined> {
    const { client, deployment, journal, logger, retrain, send, signer, store, validatorId } = this.#modules
    const { address } = deployment.contracts.ModelFactory
    const status = Number(
      await client.readContract({ address, abi: modelFactoryAbi, functionName: 'statusOf', args: [runId] }),
    )
    if (status !== ANCHORED && status !== ATTESTED) return undefined
    const run = await loadRun(client, deployment, runId)
    if (this.#done.has(run.resultHash)) return undefined
    const id = BigInt(await validatorId())
    const args = [runId, run.resultHash, id] as const
    if (await client.readContract({ address, abi: modelFactoryAbi, functionName: 'hasVoted', args })) return undefined

    const verdict = await checkRun(run, { store, source: this.#source, retrain })
    const place = { chainId: deployment.chainId, contract: address }
    const report = await publishRunReport(store, { run, verdict, place: { ...place, signingKey: signer.address } })
    const vote = await signRun(run, verdict.attest ? { attest: true } : { attest: false, report }, {
      journal,
      signer,
      place,
    })
    const data = vote.attest
      ? encodeFunctionData({
          abi: modelFactoryAbi,
          functionName: 'attestRun',
          args: [runId, [{ r: vote.r, vs: vote.vs }]],
        })
      : encodeFunctionData({
          abi: modelFactoryAbi,
          functionName: 'refuseRun',
          args: [runId, [{ report: vote.report, r: vote.r, vs: vote.vs }]],
        })
    await send({ to: address, data, label: `run ${runId}` })
    this.#done.add(run.resultHash)
    const failed = verdict.findings.filter(({ verdict: found }) => found === 'fail')
    logger.info({ runId, attest: vote.attest, report, reasons: failed.map(({ message }) => message) }, 'voted on a run')
    return { verdict, vote }
  }
}
