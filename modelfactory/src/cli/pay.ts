import { claimShares, payFee, type ShareProof } from '@datanets/sdk'
import { type Address, formatEther, type Hex, isHex, parseEther, size } from 'viem'
import { CommandArgumentError } from '../errors/cli.ts'
import { FactoryClient } from './client.ts'
import type { Command } from './command.ts'

interface PayOptions {
  claim?: boolean
  url?: string
}

/** `datanet pay`: pays OPEN for using a run's model, or claims what an account's shares of runs earned. */
export const pay: Command<PayOptions> = {
  name: 'pay',
  summary: 'pay OPEN for using a run, or claim what shares earned (--claim)',
  writes: true,
  arguments: '[run] [amount]',
  setup: (command) =>
    command
      .option('--claim', "claim the shares of this key's account, of one run or of all final ones")
      .option('--url <url>', 'the ModelFactory'),
  async run(context, [run, amount], options) {
    const factory = new FactoryClient({ env: context.env, signal: context.signal, url: options.url })
    return options.claim ? claim(context, factory, run) : payOne(context, factory, run, amount)
  },
}

/** A proof as JSON holds it. */
type ProofAnswer = Omit<ShareProof, 'index' | 'share'> & { index: string; share: string }

type Context = Parameters<(typeof pay)['run']>[0]

async function payOne(context: Context, factory: FactoryClient, run: string | undefined, text: string | undefined) {
  if (run === undefined || text === undefined || !/^\d{1,12}(\.\d{1,18})?$/.test(text)) {
    throw new CommandArgumentError('A run and an amount of OPEN are needed', 'Such as: datanet pay r1 2.5')
  }
  const amount = parseEther(text)
  const runId = await runIdOf(factory, run)
  const call = { runId, amount: String(amount) }
  if (context.dryRun)
    return { data: { dryRun: true, ...call }, text: `Nothing was sent. It would pay ${text} OPEN for run ${runId}.` }
  const { deployment, wallet } = await purseOf(context)
  const { receipt: _, ...parts } = await payFee(wallet, { deployment, runId, amount })
  const shown = Object.entries(parts).filter(([name]) => name.startsWith('to'))
  const lines = shown.map(
    ([name, wei]) => `${name.replace('to', 'to ').toLowerCase()}: ${formatEther(wei as bigint)} OPEN`,
  )
  return { data: { ...call, ...parts }, text: [`Paid ${text} OPEN for run ${runId}.`, ...lines].join('\n') }
}

async function claim(context: Context, factory: FactoryClient, run: string | undefined) {
  const { deployment, wallet } = await purseOf(context)
  const account: Address = wallet.account.address
  const { runs } = await factory.get<{ runs: { id: string; state: string }[] }>('/runs')
  const wanted = runs.filter(({ id, state }) => state === 'final' && (run === undefined || id === run))
  const proofs: ShareProof[] = []
  for (const { id } of wanted) {
    const { proof } = await factory.get<{ proof: ProofAnswer | null }>(`/runs/${id}/proof?account=${account}`)
    if (proof !== null) proofs.push({ ...proof, index: BigInt(proof.index), share: BigInt(proof.share) })
  }
  if (proofs.length === 0)
    return { data: { account, total: '0' }, text: `${account} has no share of a final run here.` }
  if (context.dryRun) {
    return {
      data: { dryRun: true, account, proofs },
      text: `Nothing was sent. It would claim ${proofs.length} shares of ${account}.`,
    }
  }
  const { hash, total } = await claimShares(wallet, { deployment, contributor: account, proofs })
  return {
    data: { account, hash, total },
    text: `${formatEther(total)} OPEN of ${proofs.length} runs left for ${account}.`,
  }
}

async function purseOf(context: Context) {
  const [{ deployment }, wallet] = await Promise.all([context.chain(), context.wallet()])
  return { deployment, wallet }
}

/** A run by its id here (`r1`) or on chain (0x…). */
async function runIdOf(factory: FactoryClient, run: string): Promise<Hex> {
  if (isHex(run) && size(run) === 32) return run
  const { runId } = await factory.get<{ runId?: Hex }>(`/runs/${run}`)
  if (runId === undefined) throw new CommandArgumentError(`${run} is not on chain yet`, 'Only final runs take fees.')
  return runId
}
