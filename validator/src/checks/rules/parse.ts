import type { ErrorObject } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { RulesInvalidError } from '../errors.ts'
import type { Modality } from '../formats.ts'
import { defaultRules } from './defaults.ts'
import schema from './rules.schema.json' with { type: 'json' }
import type { RuleName, Rules } from './rules.ts'

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true })
const validate = ajv.compile(schema)

type PartialRules = { version: 1; modality: Modality; checks?: Partial<Record<RuleName, Record<string, unknown>>> }

/**
 * The rules a document states, with defaults where it is silent.
 * @throws RulesInvalidError listing every problem.
 */
export function parseRules(value: unknown): Rules {
  if (!validate(value)) throw new RulesInvalidError(problemsOf(validate.errors ?? []))
  const stated = value as PartialRules
  const rules = defaultRules(stated.modality)
  for (const name of Object.keys(stated.checks ?? {}) as RuleName[]) {
    Object.assign(rules.checks[name], structuredClone(stated.checks?.[name]))
  }
  const problems = [...boundProblems(rules), ...schemaProblems(rules)]
  if (problems.length > 0) throw new RulesInvalidError(problems)
  return rules
}

function boundProblems({ checks }: Rules): string[] {
  const pairs: [string, number, number][] = [
    ['checks.textLength: minCharacters', checks.textLength.minCharacters, checks.textLength.maxCharacters],
    ['checks.exposure: minMean', checks.exposure.minMean, checks.exposure.maxMean],
    ['checks.duration: minSeconds', checks.duration.minSeconds, checks.duration.maxSeconds],
    ['checks.sampleRate: minHertz', checks.sampleRate.minHertz, checks.sampleRate.maxHertz],
  ]
  return pairs
    .filter(([, low, high]) => low > high)
    .map(([at, low, high]) => `${at} ${low} is above its maximum ${high}`)
}

function schemaProblems({ checks }: Rules): string[] {
  if (!checks.rows.enabled) return []
  try {
    new Ajv2020({ strict: false }).compile(checks.rows.schema)
    return []
  } catch (cause) {
    return [`checks.rows.schema: ${(cause as Error).message}`]
  }
}

/** One line a fault: `if` and `propertyNames` only repeat what their inner error says, and so may two rules of the schema. */
function problemsOf(errors: readonly ErrorObject[]): string[] {
  const own = errors.filter(({ keyword }) => keyword !== 'if' && keyword !== 'propertyNames')
  const faults = own.map((error): [string, string] => [
    `${error.instancePath} ${subjectOf(error) ?? error.keyword}`,
    describe(error),
  ])
  return [...new Map(faults.reverse()).values()].reverse()
}

function subjectOf(error: ErrorObject): string | undefined {
  return error.propertyName ?? error.params.additionalProperty
}

function describe(error: ErrorObject): string {
  const at = error.instancePath === '' ? 'document' : error.instancePath.slice(1).replaceAll('/', '.')
  const about = subjectOf(error)
  const allowed = Array.isArray(error.params.allowedValues) ? `: ${error.params.allowedValues.join(', ')}` : ''
  return `${at}: ${about === undefined ? '' : `"${about}" `}${error.message ?? 'is invalid'}${allowed}`
}
