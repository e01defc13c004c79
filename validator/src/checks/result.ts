import type { FailCode, PassCode } from './codes.ts'
import type { CheckResult } from './types.ts'

type Measure = number | string | null

/** Rounds half up at `digits` decimals, so that a number prints alike on every machine. */
export function round(value: number, digits: number): number {
  if (!Number.isFinite(value)) return 0
  const scale = 10 ** digits
  return Math.round(value * scale) / scale
}

/** A `pass` measured against its threshold, or an undetermined or not-checked one. */
export function pass(
  check: string,
  message: string,
  measured: Measure = null,
  threshold: Measure = null,
  code: PassCode = 'ok',
): CheckResult {
  return { check, verdict: 'pass', code, measured, threshold, message }
}

export function fail(
  check: string,
  code: FailCode,
  message: string,
  measured: Measure = null,
  threshold: Measure = null,
): CheckResult {
  return { check, verdict: 'fail', code, measured, threshold, message }
}

export function abstain(check: string, message: string): CheckResult {
  return { check, verdict: 'abstain', code: 'unavailable', measured: null, threshold: null, message }
}
