import type { ErrorJson } from '../errors/base.ts'
import { FactoryAnswerError, FactoryUnreachableError } from '../errors/cli.ts'
import { lineSplitter } from '../trainer/lines.ts'

/** Where a factory listens when nobody says otherwise. */
export const DEFAULT_PORT = 4600

export interface StreamEvent {
  type: string
  [name: string]: unknown
}

/** A factory over HTTP. */
export class FactoryClient {
  readonly url: string
  readonly #signal: AbortSignal

  constructor({ env, signal, url }: { url?: string; env: NodeJS.ProcessEnv; signal: AbortSignal }) {
    this.url = (url ?? env.DATANET_MODELFACTORY_URL ?? `http://127.0.0.1:${DEFAULT_PORT}`).replace(/\/$/, '')
    this.#signal = signal
  }

  async get<answer>(path: string): Promise<answer> {
    return (await this.#fetch(path, {})).json() as Promise<answer>
  }

  async post<answer>(path: string, body: object = {}): Promise<answer> {
    return (await this.#fetch(path, withBody(body))).json() as Promise<answer>
  }

  /** Reads server-sent events until `onEvent` says `true` or they end. */
  async stream(
    path: string,
    body: object | undefined,
    onEvent: (event: StreamEvent) => boolean | undefined,
  ): Promise<void> {
    const response = await this.#fetch(path, body === undefined ? {} : withBody(body))
    let over = false
    const lines = lineSplitter((line) => {
      if (line.startsWith('data: ') && !over) over = onEvent(JSON.parse(line.slice(6)) as StreamEvent) === true
    })
    const reader = response.body!.getReader()
    while (!over) {
      const { done, value } = await reader.read()
      if (done) break
      lines.push(Buffer.from(value))
    }
    await reader.cancel()
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    let response: Response
    try {
      response = await fetch(`${this.url}${path}`, { ...init, signal: this.#signal })
    } catch (cause) {
      throw new FactoryUnreachableError(this.url, cause)
    }
    if (response.ok) return response
    const { error } = (await response.json().catch(() => ({}))) as { error?: ErrorJson }
    throw new FactoryAnswerError(
      error ?? { name: 'HttpError', message: `The ModelFactory answered ${response.status}.`, hints: [] },
    )
  }
}

function withBody(body: object): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
