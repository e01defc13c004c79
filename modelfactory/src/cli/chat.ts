import { createInterface } from 'node:readline/promises'
import type { Explanation } from '../chat/service.ts'
import { FactoryAnswerError } from '../errors/cli.ts'
import { FactoryClient } from './client.ts'
import type { Command } from './command.ts'
import { percentOf } from './format.ts'

interface ChatOptions {
  url?: string
  maxTokens?: string
  temperature?: string
  seed?: string
  explain?: boolean
}

interface Said {
  answers: Record<string, string>
  explanations: Record<string, Explanation>
}

/** `datanet chat`: a prompt and its answers by the tuned model and its base, or a conversation on a terminal. */
export const chat: Command<ChatOptions> = {
  name: 'chat',
  summary: 'talk with a tuned model beside its base, and see which contributions shaped the answer',
  arguments: '<run> [prompt]',
  setup: (command) =>
    command
      .option('--max-tokens <count>', 'longest answer (128)')
      .option('--temperature <number>', '0 to 2 (0)')
      .option('--seed <number>', 'of the sampling (0)')
      .option('--no-explain', 'only the answers')
      .option('--url <url>', 'the ModelFactory'),
  async run({ env, signal }, [run, prompt], options) {
    const factory = new FactoryClient({ env, signal, url: options.url })
    if (prompt !== undefined) {
      const said = await ask(factory, run!, [{ role: 'user', content: prompt }], options)
      return { data: said, text: textOf(said) }
    }
    const turns: { role: string; content: string }[] = []
    const terminal = createInterface({ input: process.stdin, output: process.stderr })
    signal.addEventListener('abort', () => terminal.close(), { once: true })
    terminal.setPrompt('> ')
    terminal.prompt()
    for await (const line of terminal) {
      if (line.trim() === '') break
      turns.push({ role: 'user', content: line })
      const said = await ask(factory, run!, turns, options)
      process.stderr.write(`${textOf(said)}\n`)
      turns.push({ role: 'assistant', content: said.answers[run!] ?? '' })
      terminal.prompt()
    }
    terminal.close()
    return { data: { turns }, text: '' }
  },
}

async function ask(factory: FactoryClient, run: string, messages: object[], options: ChatOptions): Promise<Said> {
  const number = (name: 'maxTokens' | 'temperature' | 'seed') =>
    options[name] === undefined ? {} : { [name]: Number(options[name]) }
  const body = {
    messages,
    explain: options.explain !== false,
    ...number('maxTokens'),
    ...number('temperature'),
    ...number('seed'),
  }
  const said: Said = { answers: {}, explanations: {} }
  await factory.stream(`/runs/${run}/chat`, body, (event) => {
    if (event.type === 'answer') said.answers[String(event.model)] = String(event.text)
    if (event.type === 'explanation') said.explanations[String(event.model)] = event as unknown as Explanation
    if (event.type === 'error') throw new FactoryAnswerError(event as never)
    return event.type === 'done'
  })
  return said
}

function textOf({ answers, explanations }: Said): string {
  const lines = Object.entries(answers).map(([model, text]) => `${model}: ${text}`)
  for (const { contributions, quotes } of Object.values(explanations)) {
    lines.push('Estimated influence on this answer:')
    lines.push(
      ...contributions.map(
        ({ contribution, contributor, part }) => `  ${contribution}  ${percentOf(part)}  ${contributor}`,
      ),
    )
    lines.push(...quotes.map(({ contribution, quote }) => `  "${quote}" stands in ${contribution}`))
  }
  return lines.join('\n')
}
