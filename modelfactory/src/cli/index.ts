import { chat } from './chat.ts'
import type { AnyCommand } from './command.ts'
import { exportCommand } from './export.ts'
import { pay } from './pay.ts'
import { runs } from './runs.ts'
import { train } from './train.ts'

export type { AnyCommand, Command, CommandContext, CommandResult } from './command.ts'

/** Commands of the ModelFactory, for the table of the `datanet` program. */
export const MODELFACTORY_COMMANDS: readonly AnyCommand[] = [
  train,
  runs,
  chat,
  pay,
  exportCommand,
] as unknown as readonly AnyCommand[]
