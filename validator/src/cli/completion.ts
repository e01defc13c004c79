import type { Command } from 'commander'
import type { CliCommand } from './command.ts'
import { buildProgram } from './program.ts'

export const SHELLS = ['bash', 'zsh', 'fish'] as const

interface Completable {
  name: string
  summary: string
  options: string[]
}

/** A script that completes commands and their options; made from the same table as the commands themselves. */
export function completionScript(shell: (typeof SHELLS)[number], commands: readonly CliCommand[]): string {
  const list = buildProgram(commands, async () => undefined).commands.map(completableOf)
  if (shell === 'fish') return fish(list)
  return shell === 'zsh' ? `autoload -U +X bashcompinit && bashcompinit\n${bash(list)}` : bash(list)
}

function completableOf(command: Command): Completable {
  const options = command.options.flatMap(({ long }) => (long ? [long] : []))
  return { name: command.name(), summary: command.description(), options }
}

function bash(list: readonly Completable[]): string {
  const cases = list.map(({ name, options }) => `    ${name}) words="${options.join(' ')}" ;;`)
  return [
    '_datanet() {',
    '  local current="$' + '{COMP_WORDS[COMP_CWORD]}" words=""',
    '  case "$COMP_CWORD" in',
    `    1) words="${list.map(({ name }) => name).join(' ')}" ;;`,
    '    *) case "$' + '{COMP_WORDS[1]}" in',
    ...cases,
    '    esac ;;',
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    'complete -o default -F _datanet datanet',
  ].join('\n')
}

function fish(list: readonly Completable[]): string {
  return list
    .flatMap(({ name, summary, options }) => [
      `complete -c datanet -n __fish_use_subcommand -a ${name} -d '${summary.replaceAll("'", '’')}'`,
      ...options.map((long) => `complete -c datanet -n '__fish_seen_subcommand_from ${name}' -l ${long.slice(2)}`),
    ])
    .join('\n')
}
