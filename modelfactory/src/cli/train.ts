import { CommandArgumentError } from '../errors/cli.ts'
import { FactoryClient, type StreamEvent } from './client.ts'
import type { Command } from './command.ts'
import { percentOf } from './format.ts'

interface TrainOptions {
  datanet: string
  base: string
  set: string[]
  name?: string
  parent?: string
  quorum?: string
  challengeWindow?: string
  preview?: boolean
  detach?: boolean
  url?: string
}

interface RunAnswer {
  id: string
  state: string
  error: { message: string; hints: string[] } | null
  heldOutLoss?: Record<string, string>
  runId?: string
}

interface PreviewAnswer {
  rows: number
  heldOut: number
  trainedTokens: number
  truncated: unknown[]
  duplicates: unknown[]
  contributors: { contributor: string; rows: number; share: number }[]
  memory: { totalBytes: number; freeBytes: number; fits: boolean }
}

const RESTING = ['paused', 'failed', 'cancelled', 'final', 'attesting']

/** `datanet train`: queues a run at a factory and shows it until validators have it. */
export const train: Command<TrainOptions> = {
  name: 'train',
  summary: 'train a model on accepted contributions, anchor it, and show its progress',
  setup: (command) =>
    command
      .option('--datanet <ids>', 'Datanets to train on, such as 1 or 1,4')
      .option('--base <model>', 'folder of the base model')
      .option('--set <name=value...>', 'settings of the trainer, such as learningRate=0.0001', [])
      .option('--name <name>', 'a name for people')
      .option('--parent <run>', 'run to refine: its adapter goes on training')
      .option('--quorum <count>', 'attestations that make it attested (3)')
      .option('--challenge-window <seconds>', 'from the quorum to Final (86400)')
      .option('--preview', 'only show what would be trained')
      .option('--detach', 'return at once; `datanet runs` shows it')
      .option('--url <url>', 'the ModelFactory'),
  async run({ env, progress, signal }, _, options) {
    const factory = new FactoryClient({ env, signal, url: options.url })
    const request = requestOf(options)
    if (options.preview) {
      const preview = await factory.post<PreviewAnswer>('/preview', request)
      return { data: preview, text: previewText(preview) }
    }
    const { id } = await factory.post<RunAnswer>('/runs', request)
    if (options.detach) return { data: { id }, text: `Queued as ${id}.` }
    await factory.stream(`/runs/${id}/events`, undefined, (event) => {
      progress.say(lineOf(event))
      return event.type === 'state' && RESTING.includes(String(event.state))
    })
    progress.end()
    const run = await factory.get<RunAnswer>(`/runs/${id}`)
    const { base, tuned } = run.heldOutLoss ?? {}
    const text = run.error
      ? [`${id} failed: ${run.error.message}`, ...run.error.hints.map((hint) => `- ${hint}`)].join('\n')
      : `${id} is ${run.state}${base ? `: held-out loss ${base} → ${tuned}` : ''}${run.runId ? `\nRun on chain: ${run.runId}` : ''}`
    return { data: run, text }
  },
}

function requestOf(options: TrainOptions): object {
  const { base, challengeWindow, datanet, name, parent, quorum, set } = options
  if (!datanet || !base)
    throw new CommandArgumentError(
      '--datanet and --base are needed',
      'Such as: datanet train --datanet 1 --base ./model',
    )
  return {
    datanetIds: datanet.split(','),
    base,
    settings: Object.fromEntries(set.map(settingOf)),
    ...(name === undefined ? {} : { name }),
    ...(parent === undefined ? {} : { parent }),
    ...(quorum === undefined ? {} : { quorum: Number(quorum) }),
    ...(challengeWindow === undefined ? {} : { challengeWindow: Number(challengeWindow) }),
  }
}

/** `true`, whole numbers and lists as what they are; every other value is text, decimals too. */
export function settingOf(text: string): [string, string | number | boolean | string[]] {
  const [, name, value] = /^(\w+)=(.*)$/.exec(text) ?? []
  if (name === undefined || value === undefined) {
    throw new CommandArgumentError(`"${text}" is no setting`, 'Write it as name=value, such as rank=16.')
  }
  if (value === 'true' || value === 'false') return [name, value === 'true']
  if (/^-?\d{1,15}$/.test(value)) return [name, Number(value)]
  return [name, name === 'targets' ? value.split(',') : value]
}

function lineOf(event: StreamEvent): string {
  if (event.type === 'step') {
    const { etaSeconds, loss, step, steps, tokensPerSecond } = event as unknown as Record<string, number>
    return `step ${step} of ${steps}, loss ${loss!.toFixed(4)}, ${Math.round(tokensPerSecond!)} tokens/s, ${Math.round(etaSeconds!)} s left`
  }
  if (event.type === 'verified') return `contribution ${event.done} of ${event.count} verified`
  return event.type === 'state' || event.type === 'phase' ? String(event.state ?? event.phase) : event.type
}

function previewText({
  contributors,
  duplicates,
  heldOut,
  memory,
  rows,
  trainedTokens,
  truncated,
}: PreviewAnswer): string {
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`
  return [
    `${rows} rows to train on, ${heldOut} held out, ${trainedTokens} tokens trained, ${truncated.length} rows cut, ${duplicates.length} duplicates`,
    `memory: ${megabytes(memory.totalBytes)} of ${megabytes(memory.freeBytes)} free${memory.fits ? '' : ': too much'}`,
    ...contributors.map(({ contributor, rows: own, share }) => `${contributor}  ${own} rows  ${percentOf(share)}`),
  ].join('\n')
}
