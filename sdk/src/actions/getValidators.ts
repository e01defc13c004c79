import type { Client } from 'viem'
import { readValidator, type Validator } from './getValidator.ts'
import { mapLimited, type ReadParameters, readAt, validatorsOf, viewOf } from './internal/read.ts'

export type GetValidatorsParameters = ReadParameters

export type GetValidatorsReturnType = Validator[]

/** All validators ever registered, in the order of their ids. */
export async function getValidators(
  client: Client,
  options: GetValidatorsParameters = {},
): Promise<GetValidatorsReturnType> {
  const view = await viewOf(client, options)
  const { blockNumber } = view
  const count = await readAt(client, { ...validatorsOf(view), functionName: 'validatorCount', blockNumber })
  const ids = Array.from({ length: Number(count) }, (_, index) => BigInt(index + 1))
  return mapLimited(ids, (id) => readValidator(view, id))
}
