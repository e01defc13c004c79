import type { Address, Client, Hex } from 'viem'
import { modelFactoryAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import type { Voucher } from '../types/run.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type CollectVoucherParameters = WriteParameters & {
  voucher: Voucher
  /** Of the payer, see `signVoucher`. */
  signature: Hex
}

/** `collected` of the `total` so far, `amount` wei of it now. */
export type CollectVoucherReturnType = WriteReturnType & {
  runId: Hex
  payer: Address
  total: bigint
  collected: bigint
  amount: bigint
}

export async function prepareCollectVoucher(
  client: Client,
  { deployment, signature, voucher }: Pick<CollectVoucherParameters, 'voucher' | 'signature'> & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({
    address: contracts.ModelFactory.address,
    abi: modelFactoryAbi,
    functionName: 'collect',
    args: [voucher.runId, voucher.payer, voucher.total, voucher.deadline, signature],
  })
}

/** Checks the call without sending it. Returns the wei it would collect. */
export async function simulateCollectVoucher(client: Client, parameters: CollectVoucherParameters): Promise<bigint> {
  return simulate(client, await prepareCollectVoucher(client, parameters), parameters)
}

/**
 * Pays the difference between a voucher's total and what was collected before, as a fee of its run. Anyone can.
 */
export async function collectVoucher(
  client: Client,
  parameters: CollectVoucherParameters,
): Promise<CollectVoucherReturnType> {
  const call = await prepareCollectVoucher(client, parameters)
  const result = await send(client, call, parameters, 'collectVoucher')
  const { args } = eventIn(result.receipt, { abi: modelFactoryAbi, address: call.to, eventName: 'VoucherCollected' })
  return { ...args, ...result }
}
