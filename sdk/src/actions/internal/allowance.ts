import { type Abi, type Account, type Client, encodeFunctionData, maxUint256, parseSignature } from 'viem'
import { getCode, readContract, signTypedData } from 'viem/actions'
import { datanetsAbi, openTokenAbi } from '../../abis.ts'
import { BaseError } from '../../errors/base.ts'
import { decodeContractError } from '../../errors/decode.ts'
import type { Deployment } from '../../types/deployment.ts'
import { accountOf, type PreparedCall, send, toCall, type WriteParameters } from './write.ts'

/**
 * How a contract is allowed to take OPEN: by a signature in the same transaction where account and token can, by a
 * transaction before it, or not at all because the caller saw to it.
 */
export type Approval = 'permit' | 'transaction' | 'none'

export type ApprovalParameters = { approval?: Approval | undefined }

type Spend = { spender: 'Datanets' | 'Appeals' | 'ModelFactory' | 'Validators'; amount: bigint }

/** Approves `amount` for a contract where it may not take that much yet. */
export async function approve(
  client: Client,
  deployment: Deployment,
  { amount, spender }: Spend,
  parameters: WriteParameters & ApprovalParameters,
): Promise<void> {
  const { contracts } = deployment
  const account = accountOf(client, parameters, 'approve')
  if (parameters.approval === 'none' || (await allowanceOf(client, deployment, spender, account)) >= amount) return
  const call = toCall({
    address: contracts.OpenToken.address,
    abi: openTokenAbi,
    functionName: 'approve',
    args: [contracts[spender].address, amount],
  })
  await send(client, call, { ...parameters, onProgress: undefined }, 'approve')
}

/**
 * The call to send so that `call` can take `amount`: itself where that is allowed already or was approved just now, or
 * a batch with a permit.
 */
export async function withAllowance(
  client: Client,
  deployment: Deployment,
  call: PreparedCall<Abi, string>,
  { amount, spender }: Spend,
  parameters: WriteParameters & ApprovalParameters,
): Promise<Pick<PreparedCall, 'to' | 'data'>> {
  const account = accountOf(client, parameters, call.functionName)
  if (parameters.approval === 'none') return call
  if ((await allowanceOf(client, deployment, spender, account)) >= amount) return call
  const permit = parameters.approval === 'transaction' ? undefined : await permitDomain(client, deployment, account)
  if (!permit) {
    await approve(client, deployment, { amount, spender }, parameters)
    return call
  }

  const deadline = maxUint256
  const signature = await signTypedData(client, {
    account,
    domain: permit.domain,
    types: {
      Permit: [
        { name: 'owner', type: 'address' },
        { name: 'spender', type: 'address' },
        { name: 'value', type: 'uint256' },
        { name: 'nonce', type: 'uint256' },
        { name: 'deadline', type: 'uint256' },
      ],
    },
    primaryType: 'Permit',
    message: { owner: account.address, spender: call.to, value: amount, nonce: permit.nonce, deadline },
  })
  const { r, s, yParity } = parseSignature(signature)
  // The three contracts that take OPEN have these two functions in common.
  const permitData = encodeFunctionData({
    abi: datanetsAbi,
    functionName: 'permitOpen',
    args: [amount, deadline, yParity + 27, r, s],
  })
  return toCall({ address: call.to, abi: datanetsAbi, functionName: 'multicall', args: [[permitData, call.data]] })
}

function allowanceOf(
  client: Client,
  { contracts }: Deployment,
  spender: Spend['spender'],
  account: Account,
): Promise<bigint> {
  return readContract(client, {
    address: contracts.OpenToken.address,
    abi: openTokenAbi,
    functionName: 'allowance',
    args: [account.address, contracts[spender].address],
  })
}

/** What a permit signs over; undefined where the account is a contract or the token knows no permits. */
async function permitDomain(client: Client, { contracts }: Deployment, account: Account) {
  const code = await getCode(client, { address: account.address })
  // A delegated account (EIP-7702) still signs with its key.
  if (code && code !== '0x' && !code.startsWith('0xef0100')) return undefined
  const token = { address: contracts.OpenToken.address, abi: openTokenAbi }
  try {
    const [[, name, version, chainId, verifyingContract], nonce] = await Promise.all([
      readContract(client, { ...token, functionName: 'eip712Domain' }),
      readContract(client, { ...token, functionName: 'nonces', args: [account.address] }),
    ])
    return { domain: { name, version, chainId: Number(chainId), verifyingContract }, nonce }
  } catch (error) {
    if (decodeContractError(error) instanceof BaseError || isWithoutFunction(error)) return undefined
    throw error
  }
}

function isWithoutFunction(error: unknown): boolean {
  return error instanceof Error && (error.cause as Error | undefined)?.name === 'ContractFunctionZeroDataError'
}
