import { setTimeout as sleep } from 'node:timers/promises'

export interface ClockOptions {
  intervalMs: number
  signal: AbortSignal
  /** Told of whatever a tick throws; the clock goes on. */
  onError: (error: unknown) => void
}

/** Runs `tick` again and again, never twice at once, until aborted. Resolves when the last tick has ended. */
export async function runEvery(
  tick: () => Promise<void>,
  { intervalMs, signal, onError }: ClockOptions,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await tick()
    } catch (error) {
      if (!signal.aborted) onError(error)
    }
    await sleep(intervalMs, undefined, { signal }).catch(() => undefined)
  }
}
