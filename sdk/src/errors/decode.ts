import { type Abi, decodeErrorResult, type Hex, isHex, size } from 'viem'
import { appealsAbi, datanetsAbi, modelFactoryAbi, openTokenAbi, validatorsAbi } from '../abis.ts'
import * as appeals from './appeals.ts'
import { BaseError } from './base.ts'
import { type ContractError, type ContractErrorOptions, UnknownRevertError } from './contract.ts'
import * as datanets from './datanets.ts'
import * as lots from './lots.ts'
import * as modelFactory from './modelFactory.ts'
import * as token from './token.ts'
import * as validators from './validators.ts'

type ContractErrorClass = new (args: never, options?: ContractErrorOptions) => ContractError

const classes: Record<string, ContractErrorClass> = {
  ...appeals,
  ...datanets,
  ...lots,
  ...modelFactory,
  ...token,
  ...validators,
}

const errorAbi: Abi = [...datanetsAbi, ...validatorsAbi, ...appealsAbi, ...modelFactoryAbi, ...openTokenAbi].filter(
  ({ type }) => type === 'error',
)

/**
 * Turns whatever a failed call threw into an error of ours: a class of its own for each error of the contracts, so that
 * `instanceof` tells them apart. What is no revert (an outage, a refusal by the wallet) is returned as it came.
 */
export function decodeContractError(error: unknown): Error {
  if (error instanceof BaseError) return error
  const revert = revertOf(error)
  if (!revert) return error instanceof Error ? error : new BaseError(String(error))
  return fromRevertData(revert.data, error) ?? new UnknownRevertError({ cause: error, ...revert })
}

/** The error that revert data stands for; undefined when it is none of the contracts'. */
export function fromRevertData(data: Hex | undefined, cause?: unknown): ContractError | undefined {
  if (!data || size(data) < 4) return undefined
  let decoded: { errorName: string; args?: readonly unknown[] | undefined; abiItem: unknown }
  try {
    decoded = decodeErrorResult({ abi: errorAbi, data })
  } catch {
    return undefined
  }
  const errorClass = classes[`${decoded.errorName}Error`]
  if (!errorClass) return undefined
  const { inputs } = decoded.abiItem as { inputs: readonly { name: string }[] }
  const args = Object.fromEntries(inputs.map(({ name }, index) => [name, decoded.args?.[index]]))
  return new errorClass(args as never, { cause })
}

type Revert = { data?: Hex | undefined; reason?: string | undefined }

/** The revert in a chain of causes, wherever client, wallet or node put its data. */
function revertOf(error: unknown): Revert | undefined {
  let reverted: Revert | undefined
  for (let next = error, depth = 0; isObject(next) && depth < 16; next = next.cause, depth++) {
    const { data, raw, reason } = next as { data?: unknown; raw?: unknown; reason?: string }
    const nested = isObject(data) ? [data.data, isObject(data.originalError) ? data.originalError.data : undefined] : []
    for (const candidate of [raw, data, ...nested])
      if (isHex(candidate) && size(candidate) >= 4) return { data: candidate, reason }
    if (isRevert(next)) reverted = { reason: reason ?? reverted?.reason }
  }
  return reverted
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isRevert({ code, name }: Record<string, unknown>): boolean {
  return name === 'ContractFunctionRevertedError' || name === 'ExecutionRevertedError' || code === 3
}
