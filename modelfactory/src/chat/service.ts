import { existsSync } from 'node:fs'
import { formatContributionId } from '@datanets/sdk/utils'
import type { PythonEnvironment } from '../environment/python.ts'
import { ModelNotReadyError } from '../errors/chat.ts'
import type { RunFolder } from '../runs/folder.ts'
import type { Run } from '../runs/run.ts'
import { WITH_MODEL } from '../runs/states.ts'
import type { ChatRequest } from './request.ts'
import { ChatWorker } from './worker.ts'

/** Bases kept loaded at once. */
const MOST_WORKERS = 2

export interface Answer {
  text: string
  tokens: number
}

/** What shaped an answer, as an estimate. Ids are contributions' text forms, which lead to their receipts. */
export interface Explanation {
  method: string
  /** What the scores mean; never more than an estimate. */
  meaning: string
  contributions: { contribution: string; contributor: string; score: number; part: number }[]
  quotes: { quote: string; start: number; count: number; contribution: string; contributor: string }[]
}

export type ChatEvent =
  | { type: 'token'; model: string; text: string }
  | ({ type: 'answer'; model: string } & Answer)
  | ({ type: 'explanation'; model: string } & Explanation)

export interface ChatServiceOptions {
  environment: () => Promise<PythonEnvironment>
  runOf: (id: string) => Run
  folderOf: (id: string) => RunFolder
  idleMs?: number
}

/** Talks with tuned models beside their base. Runs on one base share a process; the least used base makes way. */
export class ChatService {
  readonly #options: ChatServiceOptions
  /** By base folder, the most recently used last. */
  readonly #workers = new Map<string, { worker: ChatWorker; runs: Set<string> }>()
  #busy: Promise<unknown> = Promise.resolve()

  constructor(options: ChatServiceOptions) {
    this.#options = options
  }

  /**
   * Answers with the base and every run named, at the same seed; then says which contributions shaped each tuned answer.
   * @throws ModelNotReadyError, TrainerRefusedError
   */
  ask(
    ids: readonly string[],
    request: ChatRequest,
    onEvent: (event: ChatEvent) => void = () => {},
  ): Promise<ChatEvent[]> {
    const next = this.#busy.then(() => this.#ask(ids, request, onEvent))
    this.#busy = next.catch(() => undefined)
    return next
  }

  async close(): Promise<void> {
    await Promise.all([...this.#workers.values()].map(({ worker }) => worker.close()))
    this.#workers.clear()
  }

  async #ask(ids: readonly string[], request: ChatRequest, onEvent: (event: ChatEvent) => void): Promise<ChatEvent[]> {
    const told: ChatEvent[] = []
    const tell = (event: ChatEvent) => {
      if (event.type !== 'token') told.push(event)
      onEvent(event)
    }
    for (const [base, group] of this.#byBase(ids)) {
      const worker = await this.#load(base, group)
      const { explain, messages, top, ...sampling } = request
      const baseName = ids.length === 1 || this.#byBase(ids).size === 1 ? 'base' : `base of ${group.join(', ')}`
      const nameOf = (model: string) => (model === 'base' ? baseName : model)
      const { answers } = (await worker.request(
        'generate',
        { messages, models: ['base', ...group], ...sampling },
        (token) => tell({ type: 'token', model: nameOf(String(token.model)), text: String(token.text) }),
      )) as unknown as { answers: Record<string, Answer> }
      for (const [model, answer] of Object.entries(answers)) tell({ type: 'answer', model: nameOf(model), ...answer })
      if (!explain) continue
      for (const model of group) {
        if (!existsSync(this.#options.folderOf(model).index)) continue
        const answer = answers[model]!.text
        const raw = await worker.request('explain', { messages, answer, model, top })
        tell({ type: 'explanation', model, ...explanationOf(raw) })
      }
    }
    return told
  }

  #byBase(ids: readonly string[]): Map<string, string[]> {
    const groups = new Map<string, string[]>()
    for (const id of ids) {
      const { facts, state } = this.#options.runOf(id)
      if (!WITH_MODEL.includes(state)) throw new ModelNotReadyError(id, state)
      const { basePath } = facts.inspected!
      groups.set(basePath, [...(groups.get(basePath) ?? []), id])
    }
    return groups
  }

  async #load(base: string, ids: readonly string[]): Promise<ChatWorker> {
    const { environment, folderOf, idleMs } = this.#options
    let entry = this.#workers.get(base)
    this.#workers.delete(base)
    entry ??= { worker: new ChatWorker({ environment: await environment(), idleMs }), runs: new Set() }
    this.#workers.set(base, entry)
    for (const [other, { worker }] of this.#workers) {
      if (this.#workers.size <= MOST_WORKERS) break
      this.#workers.delete(other)
      await worker.close()
    }
    const { runs, worker } = entry
    if (worker.loaded === base && ids.every((id) => runs.has(id))) return worker
    if (worker.loaded === undefined) runs.clear()
    for (const id of ids) runs.add(id)
    const all = [...runs]
    const withIndex = all.filter((id) => existsSync(folderOf(id).index))
    await worker.request('load', {
      base,
      adapters: Object.fromEntries(all.map((id) => [id, folderOf(id).adapter])),
      indexes: Object.fromEntries(withIndex.map((id) => [id, folderOf(id).index])),
    })
    worker.loaded = base
    return worker
  }
}

function explanationOf(raw: Record<string, unknown>): Explanation {
  const { contributions, meaning, method, quotes } = raw as unknown as Explanation
  const named = <item extends { contribution: string }>(item: item): item => ({
    ...item,
    contribution: formatContributionId(BigInt(item.contribution)),
  })
  return { method, meaning, contributions: contributions.map(named), quotes: quotes.map(named) }
}
