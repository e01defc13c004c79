import type { Deployment } from '@datanets/sdk'
import type { ContentStore } from '@datanets/sdk/storage'
import type { Account, Chain, LocalAccount, PublicClient, Transport, WalletClient } from 'viem'

/**
 * The part of the CLI these commands use. The `datanet` program's own context and command types have this shape; naming it here
 * keeps this package free of the program's.
 */
export interface CommandContext {
  readonly home: string
  readonly dryRun: boolean
  readonly env: NodeJS.ProcessEnv
  /** Aborts at SIGINT and SIGTERM. */
  readonly signal: AbortSignal
  readonly progress: { say(text: string): void; end(): void }
  chain(): Promise<{ client: PublicClient; deployment: Deployment }>
  wallet(): Promise<WalletClient<Transport, Chain, LocalAccount>>
  store(): Promise<ContentStore>
  readonly config: { rpcUrl: string }
}

export interface CommandResult {
  data: unknown
  text: string
}

export interface CommandOption {
  option(flags: string, description: string, fallback?: unknown): CommandOption
}

export interface Command<options> {
  name: string
  summary: string
  writes?: boolean
  arguments?: string
  setup?: (command: CommandOption) => unknown
  run: (context: CommandContext, args: string[], options: options) => Promise<CommandResult>
}

export type AnyCommand = Command<never>

export type Wallet = WalletClient<Transport, Chain | undefined, Account>
