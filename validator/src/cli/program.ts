import { Command, CommanderError, Option } from 'commander'
import type { CliCommand, CommandResult } from './command.ts'
import { COMMANDS } from './commands/index.ts'
import { CliContext, type GlobalOptions } from './context.ts'
import { EXIT_CODES, exitCodeHelp } from './exit-codes.ts'
import { exitOf, failureData, failureText } from './failure.ts'
import { toJson } from './output.ts'

export interface CliStreams {
  out: (text: string) => void
  err: (text: string) => void
}

interface Run {
  env: NodeJS.ProcessEnv
  signal: AbortSignal
  streams: CliStreams
}

/** Runs one command line. Returns the exit code; never throws. */
export async function runCli(args: readonly string[], run: Run): Promise<number> {
  let code: number = EXIT_CODES.ok.code
  const act: Action = async (command, options, names, own) => {
    code = await execute(command, options, names, own, run)
  }
  const program = buildProgram(COMMANDS, act, run.streams)
  try {
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? EXIT_CODES.ok.code : EXIT_CODES.usage.code
  }
}

type Action = (
  command: CliCommand,
  options: GlobalOptions,
  args: string[],
  own: Record<string, unknown>,
) => Promise<void>

/** The command line as a tree; what runs is given, so that help and completion need nothing else. */
export function buildProgram(commands: readonly CliCommand[], action: Action, streams?: CliStreams): Command {
  const program = new Command('datanet')
    .description('Validate, submit and follow Datanets.')
    .showHelpAfterError()
    .exitOverride()
    .addHelpText('after', `\n${exitCodeHelp()}`)
  // Before the commands are made: they inherit it.
  if (streams) program.configureOutput({ writeOut: streams.out, writeErr: streams.err })
  for (const command of commands) {
    const sub = program.command(command.name).description(command.summary).exitOverride()
    if (command.arguments) sub.arguments(command.arguments)
    command.setup?.(sub)
    addGlobalOptions(sub, command.writes === true)
    sub.action(async () => {
      const options = sub.opts<GlobalOptions & Record<string, unknown>>()
      await action(command, options, sub.args, options)
    })
  }
  return program
}

function addGlobalOptions(command: Command, writes: boolean): void {
  command
    .option('--json', 'print one JSON value')
    .option('--home <dir>', 'folder of config, keys and content (DATANET_HOME)')
    .option('--rpc <url>', 'JSON-RPC endpoint, above config and DATANET_RPC_URL')
    .addOption(new Option('--quiet', 'no progress'))
  if (writes) command.option('--dry-run', 'check and show what would be sent, without sending it')
}

async function execute(
  command: CliCommand,
  options: GlobalOptions,
  args: string[],
  own: Record<string, unknown>,
  { env, signal, streams }: Run,
): Promise<number> {
  const context = new CliContext(options, { env, signal })
  try {
    const result = await command.run(context, args, own)
    context.progress.end()
    print(result, options, streams)
    return EXIT_CODES[result.exit ?? 'ok'].code
  } catch (error) {
    context.progress.end()
    const exit = exitOf(error)
    if (options.json) streams.out(`${toJson(failureData(error, exit))}\n`)
    streams.err(`${failureText(error)}\n`)
    return EXIT_CODES[exit].code
  } finally {
    await context.close()
  }
}

function print({ data, text }: CommandResult, { json }: GlobalOptions, streams: CliStreams): void {
  streams.out(json ? `${toJson(data)}\n` : text === '' ? '' : `${text}\n`)
}
