import { ChatRequestError } from '../errors/chat.ts'

export interface ChatMessage {
  role: 'system' | 'user' | 'assistant'
  content: string
}

export interface ChatRequest {
  messages: ChatMessage[]
  seed: number
  temperature: number
  topP: number
  maxTokens: number
  /** Whether to say which contributions shaped the answer. */
  explain: boolean
  /** Contributions and quotes named at most. */
  top: number
}

const MOST_MESSAGES = 32
const MOST_CHARACTERS = 16_000
const ROLES = ['system', 'user', 'assistant']

/** @throws ChatRequestError */
export function parseChat(input: unknown): ChatRequest {
  if (typeof input !== 'object' || input === null) throw new ChatRequestError('it is no object')
  const given = input as Record<string, unknown>
  const messages = typeof given.prompt === 'string' ? [{ role: 'user', content: given.prompt }] : given.messages
  if (!Array.isArray(messages) || messages.length === 0 || messages.length > MOST_MESSAGES) {
    throw new ChatRequestError(`messages must list 1 to ${MOST_MESSAGES} of them`)
  }
  for (const message of messages as Partial<ChatMessage>[]) {
    const { content, role } = message ?? {}
    if (!ROLES.includes(role ?? '')) throw new ChatRequestError(`a role is none of ${ROLES.join(', ')}`)
    if (typeof content !== 'string' || content.length > MOST_CHARACTERS) {
      throw new ChatRequestError(`a message is no text of at most ${MOST_CHARACTERS} characters`)
    }
  }
  if (messages.at(-1).role !== 'user') throw new ChatRequestError("the last message must be the user's")
  const number = (name: string, fallback: number, min: number, max: number) => {
    const value = given[name] ?? fallback
    if (typeof value !== 'number' || !(value >= min && value <= max)) {
      throw new ChatRequestError(`${name} must be a number from ${min} to ${max}`)
    }
    return value
  }
  return {
    messages: messages.map(({ role, content }) => ({ role, content })),
    seed: Math.trunc(number('seed', 0, 0, 2 ** 32 - 1)),
    temperature: number('temperature', 0, 0, 2),
    topP: number('topP', 1, 0.01, 1),
    maxTokens: Math.trunc(number('maxTokens', 128, 1, 4096)),
    explain: given.explain !== false,
    top: Math.trunc(number('top', 5, 1, 50)),
  }
}
