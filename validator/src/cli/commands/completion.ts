import { defineCommand } from '../command.ts'
import { completionScript, SHELLS } from '../completion.ts'
import { UsageError } from '../errors.ts'

export const completion = defineCommand({
  name: 'completion',
  summary: 'print a completion script for a shell',
  arguments: '<shell>',
  async run(_context, [shell]) {
    const known = SHELLS.find((name) => name === shell)
    if (!known) throw new UsageError(`"${shell}" is no shell known here.`, `Give one of ${SHELLS.join(', ')}.`)
    // The table is read when asked for: this command is part of it.
    const { COMMANDS } = await import('./index.ts')
    const script = completionScript(known, COMMANDS)
    return { data: { shell: known, script }, text: script }
  },
})
