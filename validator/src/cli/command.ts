import type { Command } from 'commander'
import type { CliContext } from './context.ts'
import type { Exit } from './exit-codes.ts'

/** What a command found or did: data for programs, text for people. */
export interface CommandResult {
  data: unknown
  text: string
  /** `ok` unless said. */
  exit?: Exit
}

/**
 * One command of the CLI. To add one, write a file with its definition and put it into the table in `commands/index.ts`.
 */
export interface CliCommand<options = Record<string, unknown>> {
  name: string
  summary: string
  /** Whether it sends transactions: it then takes `--dry-run`, and `context.dryRun` tells. */
  writes?: boolean
  /** Positional arguments as commander writes them, such as `<file>` or `[files...]`. */
  arguments?: string
  /** Adds options. */
  setup?: (command: Command) => unknown
  run: (context: CliContext, args: string[], options: options) => Promise<CommandResult>
}

/** Keeps the types of a definition's options. */
export function defineCommand<options = Record<string, unknown>>(command: CliCommand<options>): CliCommand {
  return command as unknown as CliCommand
}
