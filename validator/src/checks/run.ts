import { createHash } from 'node:crypto'
import { CHECKS } from './all.ts'
import { decode } from './decode/decode.ts'
import { DecodeError } from './errors.ts'
import { type Fingerprint, fingerprintOf } from './fingerprint/fingerprint.ts'
import { modalityOf } from './formats.ts'
import { DEFAULT_DECODE_LIMITS, type DecodeLimits } from './limits.ts'
import type { Terms } from './relevance/model.ts'
import { termsOf } from './relevance/terms.ts'
import type { RuleName, Rules } from './rules/rules.ts'
import type { Check, CheckContext, CheckResult, CheckScope, CheckStage, FileInput, FileVerdict, Vote } from './types.ts'

/** What the bytes alone say: made inside the worker, small enough to send out of it. */
export interface Inspection {
  results: CheckResult[]
  sha256: string
  fingerprint?: Fingerprint
  terms?: Terms
}

/** Runs every enabled check of the modality. Same bytes, rules and context give the same verdict on every machine. */
export async function runChecks(input: FileInput, rules: Rules, context: CheckContext = {}): Promise<FileVerdict> {
  return compare(input, rules, await inspect(input, rules, context.limits), context)
}

/** The checks that look at the bytes and what they decode to. Never throws for what the bytes are. */
export async function inspect(
  input: FileInput,
  rules: Rules,
  limits: DecodeLimits = DEFAULT_DECODE_LIMITS,
): Promise<Inspection> {
  const scope: CheckScope = { sha256: createHash('sha256').update(input.bytes).digest('hex'), limits }
  const results = await runStage('bytes', input, rules, scope)
  if (readable(results)) await decodeInto(scope, input, limits)
  results.push(...(await runStage('content', input, rules, scope)))
  const { sha256, fingerprint, terms } = scope
  return { results, sha256, fingerprint, terms }
}

/** The checks that compare an inspected file with what was accepted before, and the vote over all. */
export async function compare(
  input: FileInput,
  rules: Rules,
  inspection: Inspection,
  context: CheckContext = {},
): Promise<FileVerdict> {
  const { results: before, sha256, fingerprint, terms } = inspection
  const scope: CheckScope = { ...context, sha256, fingerprint, terms, limits: context.limits ?? DEFAULT_DECODE_LIMITS }
  const results = [...before, ...(await runStage('corpus', input, rules, scope))]
  return { vote: voteOf(results), results, fingerprint, terms }
}

/** Any failure rejects; short of one, any check that could not run abstains. */
export function voteOf(results: readonly CheckResult[]): Vote {
  if (results.some(({ verdict }) => verdict === 'fail')) return 'reject'
  return results.some(({ verdict }) => verdict === 'abstain') ? 'abstain' : 'accept'
}

/** Bytes that are empty, oversized or of another format are not handed to a decoder. */
function readable(results: readonly CheckResult[]): boolean {
  return !results.some(({ check, verdict }) => verdict === 'fail' && (check === 'size' || check === 'format'))
}

async function decodeInto(scope: CheckScope, input: FileInput, limits: DecodeLimits): Promise<void> {
  try {
    const content = await decode(input.bytes, input.declaredFormat, limits)
    scope.content = content
    scope.fingerprint = fingerprintOf(content)
    if (content.modality === 'text') scope.terms = termsOf(content.text)
  } catch (cause) {
    if (!(cause instanceof DecodeError)) throw cause
    scope.decodeError = cause
  }
}

async function runStage(stage: CheckStage, input: FileInput, rules: Rules, scope: CheckScope): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const check of CHECKS) {
    if (check.stage === stage && applies(check, rules, input) && hasSubject(check, scope)) {
      results.push(await check.run(input, rules, scope))
    }
  }
  return results
}

function applies({ modality, name }: Check, rules: Rules, { declaredFormat }: FileInput): boolean {
  return rules.checks[name as RuleName].enabled && (modality === 'any' || modality === modalityOf(declaredFormat))
}

/** Checks of content say nothing about a file without; `decode` and `format` have said why. */
function hasSubject({ stage, name }: Check, { content, decodeError }: CheckScope): boolean {
  return stage !== 'content' || content !== undefined || (name === 'decode' && decodeError !== undefined)
}
