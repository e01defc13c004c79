import { setTimeout as sleep } from 'node:timers/promises'

/** Looks again and again until `isThere`; fails with what it saw last when that takes too long. */
export async function until<value>(
  look: () => value | Promise<value>,
  isThere: (value: value) => boolean,
  { timeoutMs = 120_000 }: { timeoutMs?: number } = {},
): Promise<value> {
  const end = Date.now() + timeoutMs
  for (;;) {
    const seen = await look()
    if (isThere(seen)) return seen
    if (Date.now() > end)
      throw new Error(
        `Not there after ${timeoutMs} ms: ${JSON.stringify(seen, (_, v) => (typeof v === 'bigint' ? String(v) : v))}`,
      )
    await sleep(50)
  }
}
