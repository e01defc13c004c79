import type { CliCommand } from '../command.ts'
import { accrue } from './accrue.ts'
import { check } from './check.ts'
import { claim } from './claim.ts'
import { completion } from './completion.ts'
import { consent } from './consent.ts'
import { datanets } from './datanets.ts'
import { explain } from './explain.ts'
import { init } from './init.ts'
import { leaderboard } from './leaderboard.ts'
import { lots } from './lots.ts'
import { run } from './run.ts'
import { stake } from './stake.ts'
import { status } from './status.ts'
import { submit } from './submit.ts'
import { unstake } from './unstake.ts'
import { verify } from './verify.ts'

/** Every command, in the order of the help. */
export const COMMANDS: readonly CliCommand[] = [
  init,
  consent,
  stake,
  unstake,
  run,
  status,
  check,
  submit,
  datanets,
  lots,
  explain,
  leaderboard,
  accrue,
  claim,
  verify,
  completion,
]
