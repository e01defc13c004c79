import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Chaos = { url: string; faults: () => Record<string, number>; close: () => Promise<void> }

type Answer = { jsonrpc: string; id: number; result?: unknown }
type Fault = (answer: Answer, params: unknown[]) => Answer | 'drop' | 'refuse'

/** What a bad endpoint does to answers of `eth_getLogs`; each returns a wrong answer, or none. */
const logFaults: Record<string, Fault> = {
  truncate: (answer) => ({ ...answer, result: half(answer.result) }),
  empty: (answer) => ({ ...answer, result: [] }),
  repeat: (answer) => ({ ...answer, result: [...asLogs(answer.result), ...asLogs(answer.result)] }),
  shuffle: (answer) => ({ ...answer, result: [...asLogs(answer.result)].reverse() }),
  outside: (answer) => ({
    ...answer,
    result: asLogs(answer.result).map((log, i) => (i === 0 ? { ...(log as object), blockNumber: '0xffffff' } : log)),
  }),
  refuse: () => 'refuse',
  drop: () => 'drop',
}

function asLogs(result: unknown): unknown[] {
  return Array.isArray(result) ? result : []
}

function half(result: unknown): unknown[] {
  const logs = asLogs(result)
  return logs.slice(0, logs.length >> 1)
}

/** A pseudo-random sequence that is the same each time: xorshift of 32 bits. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/** A proxy before a real endpoint that lies, forgets and fails with this probability. */
export async function startChaos(
  target: string,
  { probability, seed, delayMs = 0 }: { probability: number; seed: number; delayMs?: number },
): Promise<Chaos> {
  const random = randomFrom(seed)
  const counts: Record<string, number> = {}
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString()
    const { method, params } = JSON.parse(body) as { method: string; params: unknown[] }
    const forwarded = await fetch(target, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    const answer = (await forwarded.json()) as Answer
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
    const shown = random() < probability ? disturb(method, answer, params) : answer
    if (shown === 'drop') return request.socket.destroy()
    if (shown === 'refuse') {
      response.statusCode = 429
      return response.end()
    }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(shown))
  })

  function disturb(method: string, answer: Answer, params: unknown[]): Answer | 'drop' | 'refuse' {
    const names = method === 'eth_getLogs' ? Object.keys(logFaults) : ['drop', 'refuse']
    const name = names[Math.floor(random() * names.length)]!
    counts[name] = (counts[name] ?? 0) + 1
    return logFaults[name]!(answer, params)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults: () => counts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
