import type { RunFinding } from './types.ts'

export function pass(check: RunFinding['check'], message: string): RunFinding {
  return { check, verdict: 'pass', code: 'ok', message }
}

export function fail(check: RunFinding['check'], code: string, message: string): RunFinding {
  return { check, verdict: 'fail', code, message }
}

export function notChecked(check: RunFinding['check'], message: string): RunFinding {
  return { check, verdict: 'not-checked', code: 'not-checked', message }
}
