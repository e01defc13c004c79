import { PeerAnswerError } from '../errors/peers.ts'

/**
 * The JSON at `url`, with bounds on time and length.
 * @throws PeerAnswerError
 */
export async function fetchJson(
  url: string,
  { timeoutMs, maxBytes, signal }: { timeoutMs: number; maxBytes: number; signal?: AbortSignal },
): Promise<unknown> {
  const signals = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]
  try {
    const response = await fetch(url, { signal: AbortSignal.any(signals), redirect: 'error' })
    if (!response.ok) throw new PeerAnswerError(url, `status ${response.status}`)
    return JSON.parse(await readText(response, url, maxBytes))
  } catch (cause) {
    if (cause instanceof PeerAnswerError) throw cause
    throw new PeerAnswerError(url, cause instanceof Error ? cause.message : String(cause), cause)
  }
}

async function readText(response: Response, url: string, maxBytes: number): Promise<string> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body ?? []) {
    length += part.length
    if (length > maxBytes) throw new PeerAnswerError(url, `more than ${maxBytes} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
