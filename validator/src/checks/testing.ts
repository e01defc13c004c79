import { createHash } from 'node:crypto'
import {
  type CheckContext,
  type CheckResult,
  type FileInput,
  type FileVerdict,
  type Format,
  modalityOf,
  parseRules,
  type RuleName,
  type Rules,
  runChecks,
} from './index.ts'

/** A file with honest claims about it. For tests. */
export function fileOf(content: Uint8Array | string, declaredFormat: Format): FileInput {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  const declaredSha256 = createHash('sha256').update(bytes).digest('hex')
  return { bytes, declaredFormat, declaredBytes: bytes.length, declaredSha256 }
}

export function verdictOf(
  content: Uint8Array | string,
  format: Format,
  checks: Partial<Record<RuleName, Record<string, unknown>>> = {},
  context?: CheckContext,
): Promise<FileVerdict> {
  const rules: Rules = parseRules({ version: 1, modality: modalityOf(format), checks })
  return runChecks(fileOf(content, format), rules, context)
}

/** The result of one check, and why the file was rejected, for short assertions. */
export function resultOf(verdict: FileVerdict, check: RuleName): CheckResult | undefined {
  return verdict.results.find((result) => result.check === check)
}

export function codesOf(verdict: FileVerdict): string[] {
  return verdict.results.filter((result) => result.verdict !== 'pass').map(({ code }) => code)
}

/** Ordinary words, long enough for every check of text. */
export const PROSE =
  'The lighthouse keeper wrote the weather into his book every evening. Wind from the west, rain after noon, and the ' +
  'lamp lit at six. On clear nights he counted the ships that passed the point and noted which way they went. In ' +
  'winter the supply boat came only when the sea allowed it, and he learned to bake bread from old flour.\n'
