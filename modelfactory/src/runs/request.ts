import { RunRequestError } from '../errors/runs.ts'
import type { Canonical } from '../provenance/canonical.ts'
import { DEFAULT_SPLIT, type FeeSplit, type RunRequest } from './run.ts'

/** A request as it comes over HTTP or from the CLI: ids and amounts may be text, most fields may be absent. */
export interface RunRequestInput {
  name?: string
  datanetIds: readonly (bigint | number | string)[]
  exclude?: readonly string[]
  base: string
  revision?: string
  download?: boolean
  settings?: { readonly [name: string]: Canonical }
  parent?: string
  split?: Partial<FeeSplit>
  quorum?: number
  challengeWindow?: number
  timeLimitSeconds?: number
  memoryLimitBytes?: number
}

/** Limits of the contract, told before a transaction is spent on them. */
const MOST = { platformBps: 2000, quorum: 15, challengeWindow: 7 * 86_400 }
const LEAST_CONTRIBUTORS_BPS = 2500

/**
 * Checks everything about a request that needs neither chain nor trainer, and fills in defaults.
 * @throws RunRequestError naming every problem at once.
 */
export function parseRequest(input: unknown): RunRequest {
  const problems: string[] = []
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw new RunRequestError(['it is no object'])
  const given = input as Record<string, unknown>
  const unknown = Object.keys(given).filter((name) => !KNOWN.has(name))
  if (unknown.length > 0) problems.push(`unknown fields ${unknown.join(', ')}`)

  const datanetIds = listOf(given.datanetIds).map(toId)
  if (datanetIds.length === 0 || datanetIds.includes(undefined))
    problems.push('datanetIds must list at least one Datanet')
  if (new Set(datanetIds).size !== datanetIds.length) problems.push('datanetIds lists a Datanet twice')
  const exclude = listOf(given.exclude ?? [])
  if (!exclude.every((id) => typeof id === 'string' && /^\d+-\d+-\d+$/.test(id))) {
    problems.push('exclude must list contributions such as "3-12-7"')
  }
  if (typeof given.base !== 'string' || given.base === '') problems.push('base must name a folder or a hub repository')
  const settings = given.settings ?? {}
  if (typeof settings !== 'object' || Array.isArray(settings)) problems.push('settings must be an object')
  for (const name of ['name', 'revision', 'parent'] as const) {
    if (given[name] !== undefined && typeof given[name] !== 'string') problems.push(`${name} must be text`)
  }
  const split = { ...DEFAULT_SPLIT, ...(given.split as object | undefined) }
  problems.push(...splitProblems(split, given.parent !== undefined))
  const whole = (name: string, fallback: number, min: number, max: number) => {
    const value = given[name] ?? fallback
    if (Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max) return value as number
    problems.push(`${name} must be a whole number from ${min} to ${max}`)
    return fallback
  }
  const request: RunRequest = {
    name: (given.name as string | undefined) ?? 'run',
    datanetIds: datanetIds as bigint[],
    exclude: exclude as string[],
    base: given.base as string,
    download: given.download === true,
    settings: settings as RunRequest['settings'],
    split,
    quorum: whole('quorum', 3, 1, MOST.quorum),
    challengeWindow: whole('challengeWindow', 86_400, 1, MOST.challengeWindow),
    timeLimitSeconds: whole('timeLimitSeconds', 0, 0, Number.MAX_SAFE_INTEGER),
    memoryLimitBytes: whole('memoryLimitBytes', 0, 0, Number.MAX_SAFE_INTEGER),
    ...(given.revision === undefined ? {} : { revision: given.revision as string }),
    ...(given.parent === undefined ? {} : { parent: given.parent as string }),
  }
  if (problems.length > 0) throw new RunRequestError(problems)
  return request
}

const KNOWN = new Set([
  ...['name', 'datanetIds', 'exclude', 'base', 'revision', 'download', 'settings', 'parent', 'split'],
  ...['quorum', 'challengeWindow', 'timeLimitSeconds', 'memoryLimitBytes'],
])

function splitProblems(split: FeeSplit, hasParent: boolean): string[] {
  const parts = Object.entries(split)
  const bad = parts.filter(
    ([name, bps]) => !(name in DEFAULT_SPLIT) || !Number.isSafeInteger(bps) || bps < 0 || bps > 10_000,
  )
  if (bad.length > 0) return [`split: ${bad.map(([name]) => name).join(', ')} must be basis points from 0 to 10000`]
  const problems: string[] = []
  const { platformBps, ownerBps, stakersBps, contributorsBps, parentBps } = split
  const sum = platformBps + ownerBps + stakersBps + contributorsBps
  if (sum !== 10_000) problems.push(`split: the parts add up to ${sum}, not 10000`)
  if (platformBps > MOST.platformBps) problems.push(`split: platformBps is over ${MOST.platformBps}`)
  if (contributorsBps < LEAST_CONTRIBUTORS_BPS)
    problems.push(`split: contributorsBps is under ${LEAST_CONTRIBUTORS_BPS}`)
  if (parentBps > 0 && !hasParent) problems.push('split: parentBps needs a parent')
  return problems
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function toId(value: unknown): bigint | undefined {
  const text = String(value)
  return /^[1-9]\d{0,19}$/.test(text) ? BigInt(text) : undefined
}
