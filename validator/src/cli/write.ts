import { formatEther, type Hex } from 'viem'
import type { CommandResult } from './command.ts'
import type { CliContext } from './context.ts'

/** A call as the SDK prepares it. */
export interface PlannedCall {
  to: Hex
  data: Hex
  functionName: string
  args: readonly unknown[]
}

/** A write in its two forms: what would be sent, and the sending of it. */
export interface Write {
  /** Checks as far as that is possible without sending; throws what the contracts would answer. */
  plan: () => Promise<PlannedCall[]>
  send: () => Promise<CommandResult>
}

/** Sends, or with `--dry-run` only shows what would be sent. */
export async function perform(context: CliContext, { plan, send }: Write): Promise<CommandResult> {
  if (!context.dryRun) return send()
  const calls = await plan()
  return {
    data: { dryRun: true, calls },
    text: ['Nothing was sent. It would call:', ...calls.map((call) => `- ${call.functionName} at ${call.to}`)].join(
      '\n',
    ),
  }
}

export function formatOpen(wei: bigint): string {
  return `${formatEther(wei)} OPEN`
}
