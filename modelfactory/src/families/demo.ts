import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Deployment } from '@datanets/sdk'
import type { Account, Chain, Hex, PublicClient, Transport, WalletClient } from 'viem'
import { DemoFailedError } from '../errors/demo.ts'
import type { ModelFactory } from '../factory.ts'
import type { Run } from '../runs/run.ts'
import type { RunState } from '../runs/states.ts'
import { ask } from '../trainer/command.ts'
import { createSpawnHost } from '../trainer/spawn-host.ts'
import { FAMILIES, METHODS, QUICK_SETTINGS } from './families.ts'
import { type MoneyReport, payAndClaim } from './money.ts'

export interface FamiliesDemoOptions {
  factory: ModelFactory
  /** Text Datanets with accepted contributions. */
  datanetIds: readonly bigint[]
  /** Bases and the reload check's list are put here. */
  folder: string
  client: PublicClient<Transport, Chain | undefined>
  deployment: Deployment
  /** Pays a fee for every run; holds OPEN. */
  payer: WalletClient<Transport, Chain | undefined, Account>
  /** Sends claims; anyone can. */
  sender: WalletClient<Transport, Chain | undefined, Account>
  /** Wei of OPEN per run. */
  fee: bigint
  quorum?: number
  /** Seconds between quorum and Final. */
  challengeWindow?: number
  /** Called once per anchored run, where no validator node follows the chain by itself. */
  attest?: (runId: Hex) => Promise<unknown>
  /** Lets time pass on a test chain until challenge windows are over; by default it passes by itself. */
  passTime?: (seconds: number) => Promise<unknown>
  families?: readonly (typeof FAMILIES)[number]['base'][]
  methods?: readonly (typeof METHODS)[number][]
  onProgress?: (line: string) => void
  timeoutMs?: number
}

export interface FamilyReport {
  run: string
  runId: Hex
  family: string
  method: string
  /** Held-out loss, decimal strings. */
  lossBefore: string
  lossAfter: string
  /** What stock peft measured in a process of its own. */
  reloaded: { lossBase: number; lossTuned: number; largestLogitDifference: number }
  seconds: number
}

export interface FamiliesDemoReport {
  families: FamilyReport[]
  money: MoneyReport
  seconds: number
}

/**
 * Every family by LoRA and by QLoRA, from a random base to claimed shares: opened, trained on the accepted text, anchored,
 * attested, reloaded by stock peft, paid for and claimed. Fails when a loss did not fall or a wei is missing.
 * @throws DemoFailedError
 */
export async function familiesDemo(options: FamiliesDemoOptions): Promise<FamiliesDemoReport> {
  const { challengeWindow = 3, factory, families, folder, methods = METHODS, onProgress = () => {} } = options
  const started = Date.now()
  const wanted = FAMILIES.filter(({ base }) => families === undefined || families.includes(base))
  mkdirSync(folder, { recursive: true })

  const queued: { run: string; family: string; method: string; base: string }[] = []
  for (const { base, family } of wanted) {
    const path = join(folder, `base-${base}`)
    await ask(factory.host, ['make-base', '--family', base, '--out', path], 'base')
    for (const method of methods) {
      const { id } = factory.queue.add({
        name: `${family} by ${method}`,
        datanetIds: options.datanetIds,
        base: path,
        settings: { ...QUICK_SETTINGS, method },
        quorum: options.quorum ?? 3,
        challengeWindow,
      })
      queued.push({ run: id, family, method, base: path })
    }
  }
  onProgress(`${queued.length} runs queued`)

  for (const { family, method, run: id } of queued) {
    const run = await reached(options, id, ['attesting', 'final'])
    const { base, tuned } = run.facts.heldOutLoss!
    if (!(Number(tuned) < Number(base)))
      throw new DemoFailedError(`${family} by ${method}: loss went from ${base} to ${tuned}`)
    await options.attest?.(run.facts.runId!)
    onProgress(`${family} by ${method}: held-out loss ${base!.slice(0, 6)} → ${tuned!.slice(0, 6)}`)
  }
  for (const { run } of queued) await attested(options, run)
  await options.passTime?.(challengeWindow + 1)
  const runs: Run[] = []
  for (const { run } of queued) runs.push(await reached(options, run, ['final']))
  onProgress('all runs are final')

  const reloaded = await reload(options, queued)
  const money = await payAndClaim({ ...options, runs })
  const reports = queued.map(({ family, method }, index): FamilyReport => {
    const { createdAt, facts, id, updatedAt } = runs[index]!
    return {
      ...{ run: id, runId: facts.runId!, family, method, reloaded: reloaded[index]! },
      lossBefore: facts.heldOutLoss!.base!,
      lossAfter: facts.heldOutLoss!.tuned!,
      seconds: (updatedAt - createdAt) / 1000,
    }
  })
  return { families: reports, money, seconds: (Date.now() - started) / 1000 }
}

/** Stock transformers and peft in a fresh process, for all adapters at once: the import costs more than the loading. */
async function reload(
  { factory, folder }: FamiliesDemoOptions,
  queued: readonly { run: string; base: string }[],
): Promise<FamilyReport['reloaded'][]> {
  const pairs = queued.map(({ base, run }) => ({
    ...{ name: run, base, adapter: factory.folderOf(run).adapter },
    text: 'The quick brown fox jumps over the lazy dog, and the contributors are paid for it.',
  }))
  const list = join(folder, 'reload.json')
  writeFileSync(list, JSON.stringify(pairs))
  const found: FamilyReport['reloaded'][] = []
  const host = createSpawnHost(await factory.environment())
  await ask(host, ['reload', '--pairs', list], 'result', {
    onEvent: (event) => {
      if (event.type !== 'reloaded') return
      const { base, tuned } = event.loss as { base: number; tuned: number }
      found.push({ lossBase: base, lossTuned: tuned, largestLogitDifference: Number(event.largestLogitDifference) })
    },
  })
  const idle = found.findIndex(({ largestLogitDifference }) => !(largestLogitDifference > 0))
  if (idle >= 0 || found.length !== queued.length)
    throw new DemoFailedError('an adapter changes nothing when stock peft loads it')
  return found
}

async function reached(
  { factory, timeoutMs = 600_000 }: FamiliesDemoOptions,
  id: string,
  states: RunState[],
): Promise<Run> {
  const end = Date.now() + timeoutMs
  for (;;) {
    const run = factory.store.get(id)
    if (states.includes(run.state)) return run
    if (run.state === 'failed' || run.state === 'cancelled') {
      throw new DemoFailedError(
        `run ${id} is ${run.state}: ${run.error?.message ?? 'no reason'} ${run.error?.hints.join(' ') ?? ''}`,
      )
    }
    if (Date.now() > end) throw new DemoFailedError(`run ${id} is still ${run.state} after ${timeoutMs / 1000} s`)
    await sleep(50)
  }
}

/** The quorum is there: what is left is the challenge window. */
async function attested({ factory, timeoutMs = 600_000 }: FamiliesDemoOptions, id: string): Promise<void> {
  const end = Date.now() + timeoutMs
  for (;;) {
    const { facts } = factory.store.get(id)
    const { status } = await factory.chain.get(facts.runId!)
    if (status === 'attested' || status === 'final') return
    if (status === 'rejected' || Date.now() > end) throw new DemoFailedError(`run ${id} is ${status} on chain`)
    await sleep(100)
  }
}
