import type { Address, Client, Hex } from 'viem'
import { zeroHash } from 'viem'
import { modelFactoryAbi } from '../abis.ts'
import { InconsistentRunError, UnknownRunError } from '../errors/run.ts'
import { readEvents } from '../events/read.ts'
import type { RunResult, RunSpec, RunStatus } from '../types/run.ts'
import { hashResult, hashRun, runStatuses } from '../utils/run.ts'
import { type ReadParameters, readAt, type View, viewOf } from './internal/read.ts'

export type GetRunParameters = ReadParameters & { runId: Hex }

/** A validator's word on a run's present result. */
export type RunVote = { validatorId: bigint; vote: 'attest' | 'refuse'; report: Hex | null; transactionHash: Hex }

/** A fee paid for a run, in wei of OPEN. */
export type RunFee = { payer: Address; amount: bigint; toContributors: bigint; transactionHash: Hex }

export type RunState = {
  runId: Hex
  owner: Address
  status: RunStatus
  spec: RunSpec
  openedBlock: bigint
  /** The present result; null before anchoring. */
  result: RunResult | null
  resultHash: Hex | null
  votes: RunVote[]
  /** When it becomes final, in seconds; null before a quorum. */
  finalAfter: number | null
  fees: RunFee[]
  /** Wei that ever came in for its contributors, and what they claimed of it. */
  poolTotal: bigint
  poolClaimed: bigint
}

export type GetRunReturnType = RunState

/**
 * A run with its specification, result, votes and fees, rebuilt from events and compared with what the chain holds.
 *
 * @throws {UnknownRunError} when there is none with this id.
 */
export async function getRun(client: Client, { runId, ...options }: GetRunParameters): Promise<GetRunReturnType> {
  const [run] = await readRuns(await viewOf(client, options), runId)
  if (!run) throw new UnknownRunError({ runId })
  return run
}

export type GetRunsParameters = ReadParameters & {
  /** Only of this owner. */
  owner?: Address | undefined
}

export type GetRunsReturnType = RunState[]

/** All runs, oldest first. */
export async function getRuns(
  client: Client,
  { owner, ...options }: GetRunsParameters = {},
): Promise<GetRunsReturnType> {
  const runs = await readRuns(await viewOf(client, options))
  return owner ? runs.filter((run) => run.owner.toLowerCase() === owner.toLowerCase()) : runs
}

async function readRuns(view: View, runId?: Hex): Promise<RunState[]> {
  const { blockNumber, client, deployment, signal } = view
  const { address, block } = deployment.contracts.ModelFactory
  const events = await readEvents(client, {
    address,
    abi: modelFactoryAbi,
    eventNames: ['RunOpened', 'RunAnchored', 'RunAttested', 'RunRefused', 'FeePaid'],
    indexed: [runId ?? null],
    fromBlock: BigInt(block),
    toBlock: blockNumber,
    signal,
  })
  const byRun = new Map<Hex, RunEvent[]>()
  for (const event of events) byRun.set(event.args.runId, [...(byRun.get(event.args.runId) ?? []), event])
  return Promise.all([...byRun].map(([id, own]) => runOf(view, id, own)))
}

type RunEvent = Awaited<
  ReturnType<
    typeof readEvents<typeof modelFactoryAbi, 'RunOpened' | 'RunAnchored' | 'RunAttested' | 'RunRefused' | 'FeePaid'>
  >
>[number]

async function runOf(view: View, runId: Hex, events: readonly RunEvent[]): Promise<RunState> {
  const { blockNumber, client, deployment } = view
  const contract = { abi: modelFactoryAbi, address: deployment.contracts.ModelFactory.address } as const
  const [kept, status, finalAfter] = await Promise.all([
    readAt(client, { ...contract, functionName: 'runOf', args: [runId], blockNumber }),
    readAt(client, { ...contract, functionName: 'statusOf', args: [runId], blockNumber }),
    readAt(client, { ...contract, functionName: 'finalAfter', args: [runId], blockNumber }),
  ])
  const opened = events.find((event) => event.eventName === 'RunOpened')
  if (!opened) throw new InconsistentRunError({ runId, reason: 'its opening is missing' })
  const { owner, spec } = opened.args
  const id = hashRun({ chainId: deployment.chainId, modelFactory: contract.address, owner, spec })
  if (id !== runId) throw new InconsistentRunError({ runId, reason: 'its specification gives another id' })
  const anchored = events.findLast((event) => event.eventName === 'RunAnchored')
  const resultHash = anchored ? hashResult(anchored.args.result) : zeroHash
  if (resultHash !== kept.resultHash) throw new InconsistentRunError({ runId, reason: 'its result is another one' })
  return {
    runId,
    owner,
    status: runStatuses[status] ?? 'unknown',
    spec,
    openedBlock: opened.blockNumber,
    result: anchored?.args.result ?? null,
    resultHash: anchored ? resultHash : null,
    votes: events.flatMap((event) => voteOf(event, resultHash)),
    finalAfter: finalAfter === 0n ? null : Number(finalAfter),
    fees: events.flatMap((event) =>
      event.eventName === 'FeePaid' ? [{ ...pick(event.args), transactionHash: event.transactionHash }] : [],
    ),
    poolTotal: kept.poolTotal,
    poolClaimed: kept.poolClaimed,
  }
}

function pick({ amount, payer, toContributors }: { payer: Address; amount: bigint; toContributors: bigint }) {
  return { payer, amount, toContributors }
}

/** Votes on an earlier, refused result are history and not part of the present one. */
function voteOf(event: RunEvent, resultHash: Hex): RunVote[] {
  if (event.eventName !== 'RunAttested' && event.eventName !== 'RunRefused') return []
  if (event.args.resultHash !== resultHash) return []
  const { transactionHash } = event
  const { validatorId } = event.args
  return event.eventName === 'RunAttested'
    ? [{ validatorId, vote: 'attest', report: null, transactionHash }]
    : [{ validatorId, vote: 'refuse', report: event.args.report, transactionHash }]
}
