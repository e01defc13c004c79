import { type Deployment, modelFactoryAbi, type RunResult, type RunSpec, type RunStatus } from '@datanets/sdk'
import { hashRun, runStatuses } from '@datanets/sdk/utils'
import { type Address, type Chain, encodeFunctionData, type Hex, type PublicClient, type Transport } from 'viem'
import type { Voucher } from '../chat/meter.ts'
import type { Mined } from '../runs/run.ts'
import type { Outbox } from './outbox.ts'

export interface OnChainRun {
  status: RunStatus
  resultHash: Hex
  attestations: number
  refusals: number
  /** Seconds since 1970; zero before the quorum. */
  finalAfter: bigint
}

/** An EIP-2098 signature of a `RunAttestation`. */
export interface CompactSignature {
  r: Hex
  vs: Hex
}

/** The run's contract, as a run's owner uses it. Every write looks first whether it is done already. */
export class RunsOnChain {
  readonly #client: PublicClient<Transport, Chain | undefined>
  readonly #outbox: Outbox
  readonly #deployment: Deployment
  readonly owner: Address

  constructor(options: {
    client: PublicClient<Transport, Chain | undefined>
    outbox: Outbox
    deployment: Deployment
    owner: Address
  }) {
    this.#client = options.client
    this.#outbox = options.outbox
    this.#deployment = options.deployment
    this.owner = options.owner
  }

  get chainId(): number {
    return this.#deployment.chainId
  }

  get address(): Address {
    return this.#deployment.contracts.ModelFactory.address
  }

  idOf(spec: RunSpec): Hex {
    return hashRun({ chainId: this.chainId, modelFactory: this.address, owner: this.owner, spec })
  }

  async get(runId: Hex): Promise<OnChainRun> {
    const contract = { address: this.address, abi: modelFactoryAbi, args: [runId] } as const
    const [status, run, finalAfter] = await Promise.all([
      this.#client.readContract({ ...contract, functionName: 'statusOf' }),
      this.#client.readContract({ ...contract, functionName: 'runOf' }),
      this.#client.readContract({ ...contract, functionName: 'finalAfter' }),
    ])
    const { attestations, refusals, resultHash } = run
    return {
      status: runStatuses[status]!,
      resultHash,
      attestations,
      refusals,
      finalAfter,
    }
  }

  /** Opens the run unless it is open. Returns undefined when it is, and not by a transaction of this factory's outbox. */
  async open(id: string, spec: RunSpec): Promise<Mined | undefined> {
    const runId = this.idOf(spec)
    const intent = `open ${id} ${runId}`
    if (!this.#outbox.has(intent) && (await this.get(runId)).status !== 'unknown') return undefined
    return this.#send(intent, encodeFunctionData({ abi: modelFactoryAbi, functionName: 'openRun', args: [spec] }))
  }

  /** Anchors the result unless this very result is anchored. */
  async anchor(id: string, runId: Hex, result: RunResult, resultHash: Hex): Promise<Mined | undefined> {
    const intent = `anchor ${id} ${resultHash}`
    if (!this.#outbox.has(intent)) {
      const present = await this.get(runId)
      if (present.resultHash === resultHash && present.status !== 'rejected') return undefined
    }
    const data = encodeFunctionData({ abi: modelFactoryAbi, functionName: 'anchorRun', args: [runId, result] })
    return this.#send(intent, data)
  }

  /** Hands validators' attestations to the contract; those it has already are passed over there. */
  async attest(runId: Hex, attestations: readonly CompactSignature[]): Promise<Mined> {
    const data = encodeFunctionData({ abi: modelFactoryAbi, functionName: 'attestRun', args: [runId, attestations] })
    return this.#send(`attest ${runId} ${attestations.map(({ r }) => r).join()}`, data)
  }

  /** Turns a payer's newest voucher into a fee: one transaction for any number of answers. */
  async collect(runId: Hex, { deadline, payer, signature, total }: Voucher): Promise<Mined | undefined> {
    const contract = { address: this.address, abi: modelFactoryAbi } as const
    const collected = await this.#client.readContract({
      ...contract,
      functionName: 'collectedOf',
      args: [runId, payer],
    })
    if (collected >= total) return undefined
    const args = [runId, payer, total, deadline, signature] as const
    const data = encodeFunctionData({ abi: modelFactoryAbi, functionName: 'collect', args })
    return this.#send(`collect ${runId} ${payer} ${total}`, data)
  }

  /** Digests of the reports of those who refused the present result. */
  async refusalReports(runId: Hex, fromBlock: bigint): Promise<Hex[]> {
    const events = await this.#client.getContractEvents({
      address: this.address,
      abi: modelFactoryAbi,
      eventName: 'RunRefused',
      args: { runId },
      fromBlock,
    })
    return events.map(({ args }) => (args as { report: Hex }).report)
  }

  /** Seconds since 1970 on chain. */
  async now(): Promise<bigint> {
    return (await this.#client.getBlock()).timestamp
  }

  #send(intent: string, data: Hex): Promise<Mined> {
    return this.#outbox.send({ intent, to: this.address, data })
  }
}
