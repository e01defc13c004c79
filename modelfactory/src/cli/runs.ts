import type { Comparison } from '../compare/compare.ts'
import { CommandArgumentError } from '../errors/cli.ts'
import { FactoryClient } from './client.ts'
import type { Command } from './command.ts'
import { percentOf, table } from './format.ts'

interface RunRow {
  id: string
  state: string
  request: { name: string; base: string }
  heldOutLoss?: Record<string, string>
  runId?: string
  error: { message: string; hints: string[] } | null
}

interface ScoresAnswer {
  method: string
  contributions: { contribution: string; contributor: string; score: string; share: string }[]
}

const ACTIONS = ['pause', 'resume', 'cancel', 'retry'] as const

/** `datanet runs`: lists runs, shows one, asks something of it, or sets several beside each other. */
export const runs: Command<{ url?: string }> = {
  name: 'runs',
  summary: 'list training runs; show, pause, resume, cancel, retry, scores or compare them',
  arguments: '[action] [runs...]',
  setup: (command) => command.option('--url <url>', 'the ModelFactory'),
  async run({ env, signal }, [action, ...ids], { url }) {
    const factory = new FactoryClient({ env, signal, url })
    if (action === undefined) {
      const { runs: all } = await factory.get<{ runs: RunRow[] }>('/runs')
      return { data: all, text: all.length === 0 ? 'No runs yet.' : table(all.map(cellsOf)) }
    }
    if (action === 'compare') {
      const comparison = await factory.get<Comparison>(`/compare?runs=${ids.join(',')}`)
      return { data: comparison, text: comparisonText(comparison) }
    }
    const [id] = ids
    if (id === undefined) throw new CommandArgumentError(`"${action}" needs a run`, 'Such as: datanet runs show r1')
    if (action === 'scores') {
      const scores = await factory.get<ScoresAnswer>(`/runs/${id}/scores`)
      return { data: scores, text: scoresText(scores) }
    }
    if (action === 'show') {
      const run = await factory.get<RunRow>(`/runs/${id}`)
      return { data: run, text: runText(run) }
    }
    const known = ACTIONS.find((name) => name === action)
    if (known === undefined) {
      throw new CommandArgumentError(
        `"${action}" is no action`,
        `One of: show, scores, compare, ${ACTIONS.join(', ')}.`,
      )
    }
    const run = await factory.post<RunRow>(`/runs/${id}/${known}`)
    return { data: run, text: runText(run) }
  },
}

function cellsOf({ heldOutLoss, id, request, state }: RunRow): string[] {
  const loss = heldOutLoss ? `${heldOutLoss.base?.slice(0, 7)} → ${heldOutLoss.tuned?.slice(0, 7)}` : ''
  return [id, state, request.name, loss]
}

function runText(run: RunRow): string {
  const lines = [cellsOf(run).filter(Boolean).join('  ')]
  if (run.runId) lines.push(`on chain: ${run.runId}`)
  if (run.error) lines.push(run.error.message, ...run.error.hints.map((hint) => `- ${hint}`))
  return lines.join('\n')
}

function scoresText({ contributions, method }: ScoresAnswer): string {
  const rows = contributions.map(({ contribution, contributor, score, share }) => [
    ...[contribution, contributor, percentOf(Number(share) / 1e9), score],
  ])
  return [`Estimated influence (${method}):`, table([['contribution', 'contributor', 'share', 'score'], ...rows])].join(
    '\n',
  )
}

function comparisonText({ evaluation, runs: compared, settings }: Comparison): string {
  const head = ['', ...compared.map(({ id, name }) => `${id} ${name}`)]
  const rows = Object.entries(settings).map(([name, values]) => [
    name,
    ...compared.map(({ id }) => JSON.stringify(values[id] ?? null)),
  ])
  const losses = ['held-out loss', ...compared.map(({ id }) => evaluation[id]?.tuned ?? '-')]
  return table([head, ['family', ...compared.map(({ family }) => family ?? '-')], losses, ...rows])
}
