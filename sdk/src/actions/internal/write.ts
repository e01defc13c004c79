import {
  type Abi,
  type Account,
  type Address,
  type Client,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type ContractFunctionReturnType,
  type EncodeFunctionDataParameters,
  encodeFunctionData,
  type Hex,
  parseEventLogs,
  type TransactionReceipt,
} from 'viem'
import { parseAccount } from 'viem/accounts'
import { sendTransaction, simulateContract, call as viemCall, waitForTransactionReceipt } from 'viem/actions'
import type { DeploymentParameter } from '../../addresses.ts'
import { AccountRequiredError, MissingEventError, TransactionRevertedError } from '../../errors/chain.ts'
import { ContractError } from '../../errors/contract.ts'
import { decodeContractError } from '../../errors/decode.ts'

/** How far a write has come. */
export type WriteProgress = { step: 'simulated' } | { step: 'sent'; hash: Hex } | { step: 'mined'; hash: Hex }

/** What every write accepts. */
export type WriteParameters = DeploymentParameter & {
  /** Sends and pays; the client's own by default. */
  account?: Account | Address | undefined
  /** Stops before sending, or stops waiting: what was sent stays sent. */
  signal?: AbortSignal | undefined
  /** Blocks to wait for; 1 by default. */
  confirmations?: number | undefined
  onProgress?: ((progress: WriteProgress) => void) | undefined
}

/** What every write returns beside its decoded result. */
export type WriteReturnType = { hash: Hex; receipt: TransactionReceipt }

type Mutability = 'nonpayable' | 'payable'

/**
 * A call ready to be sent, by us or by anyone: `to` and `data` fit a wallet's batch, the rest fits viem's
 * `simulateContract` and `multicall`. Frozen.
 */
export type PreparedCall<
  abi extends Abi = Abi,
  functionName extends ContractFunctionName<abi, Mutability> = ContractFunctionName<abi, Mutability>,
> = Readonly<{
  to: Address
  data: Hex
  address: Address
  abi: abi
  functionName: functionName
  args: ContractFunctionArgs<abi, Mutability, functionName>
}>

export function toCall<const abi extends Abi, const functionName extends ContractFunctionName<abi, Mutability>>(call: {
  address: Address
  abi: abi
  functionName: functionName
  args: ContractFunctionArgs<abi, Mutability, functionName>
}): PreparedCall<abi, functionName> {
  const data = encodeFunctionData(call as unknown as EncodeFunctionDataParameters)
  return Object.freeze({ ...call, to: call.address, data })
}

/** The account of a write, as viem wants it. */
export function accountOf(client: Client, parameters: WriteParameters, action: string): Account {
  const account = parameters.account ?? client.account
  if (!account) throw new AccountRequiredError({ action })
  return parseAccount(account)
}

/** Runs a call without sending it and returns what it would return. */
export async function simulate<const abi extends Abi, functionName extends ContractFunctionName<abi, Mutability>>(
  client: Client,
  { abi, address, args, functionName }: PreparedCall<abi, functionName>,
  parameters: WriteParameters,
): Promise<ContractFunctionReturnType<abi, Mutability, functionName>> {
  const account = accountOf(client, parameters, functionName)
  return inNextBlock(async (block) => {
    const call = { abi, address, args, functionName, account, ...block }
    const { result } = await simulateContract(client, call as never)
    return result as ContractFunctionReturnType<abi, Mutability, functionName>
  })
}

/**
 * Runs a call as of the latest block and, where that refuses, as of the pending one: what must not happen in the same
 * block or before a certain time can be right in the next.
 */
async function inNextBlock<result>(run: (block: { blockTag?: 'pending' }) => Promise<result>): Promise<result> {
  try {
    return await run({})
  } catch (error) {
    const refusal = decodeContractError(error)
    if (!(refusal instanceof ContractError)) throw refusal
    try {
      return await run({ blockTag: 'pending' })
    } catch {
      // Refused again, or a node without a pending block: the first answer stands.
      throw refusal
    }
  }
}

/** Simulates a call, sends it and waits until it is mined. */
export async function send(
  client: Client,
  call: Pick<PreparedCall, 'to' | 'data'>,
  parameters: WriteParameters,
  action: string,
): Promise<WriteReturnType> {
  const { onProgress, signal } = parameters
  const account = accountOf(client, parameters, action)
  signal?.throwIfAborted()
  await dryRun(client, call, account)
  onProgress?.({ step: 'simulated' })
  signal?.throwIfAborted()
  const hash = await sendCall(client, call, account)
  onProgress?.({ step: 'sent', hash })
  const receipt = await waitFor(client, hash, parameters)
  if (receipt.status === 'reverted') {
    const cause = await dryRun(client, call, account, receipt.blockNumber).catch((error: unknown) => error)
    throw new TransactionRevertedError({ hash: receipt.transactionHash, cause })
  }
  onProgress?.({ step: 'mined', hash: receipt.transactionHash })
  return { hash: receipt.transactionHash, receipt }
}

async function dryRun(
  client: Client,
  { data, to }: Pick<PreparedCall, 'to' | 'data'>,
  account: Account,
  blockNumber?: bigint,
): Promise<void> {
  await inNextBlock((block) => {
    return viemCall(client, { account, to, data, ...(blockNumber === undefined ? block : { blockNumber }) })
  })
}

async function sendCall(
  client: Client,
  { data, to }: Pick<PreparedCall, 'to' | 'data'>,
  account: Account,
): Promise<Hex> {
  try {
    return await sendTransaction(client, { account, to, data, chain: client.chain ?? null })
  } catch (error) {
    throw decodeContractError(error)
  }
}

/** The receipt of a transaction, or of the one that replaced it. */
export async function waitFor(
  client: Client,
  hash: Hex,
  { confirmations = 1, signal }: Pick<WriteParameters, 'confirmations' | 'signal'>,
): Promise<TransactionReceipt> {
  const waiting = waitForTransactionReceipt(client, { hash, confirmations })
  if (!signal) return waiting
  let onAbort = () => {}
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason)
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([waiting, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
    waiting.catch(() => {})
  }
}

/** The one event of this name in a receipt. */
export function eventIn<
  const abi extends Abi,
  name extends Parameters<typeof parseEventLogs<abi, true>>[0]['eventName'],
>(receipt: TransactionReceipt, { abi, address, eventName }: { abi: abi; address: Address; eventName: name }) {
  const [event] = eventsIn(receipt, { abi, address, eventName })
  if (!event) throw new MissingEventError({ eventName: String(eventName), hash: receipt.transactionHash })
  return event
}

/** All events of this name that a contract emitted in a receipt, in order. */
export function eventsIn<
  const abi extends Abi,
  name extends Parameters<typeof parseEventLogs<abi, true>>[0]['eventName'],
>(receipt: TransactionReceipt, { abi, address, eventName }: { abi: abi; address: Address; eventName: name }) {
  const own = receipt.logs.filter((log) => log.address.toLowerCase() === address.toLowerCase())
  return parseEventLogs<abi, true, name>({ abi, logs: own, strict: true, eventName })
}
