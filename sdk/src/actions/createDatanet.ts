import { type Client, type Hex, zeroAddress, zeroHash } from 'viem'
import { datanetsAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import type { Format, Modality, Terms } from '../types/protocol.ts'
import { formatsWord, modalityFormats, modalityOf } from '../utils/formats.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

/** Terms with what most Datanets use filled in. */
export type TermsInput = Partial<Omit<Terms, 'formats' | 'gated'>> & {
  /** Wei of OPEN for each accepted contribution. */
  rewardPerFile: bigint
} & (
    | { modality: Modality; formats?: readonly Format[] | number | undefined }
    | { modality?: undefined; formats: readonly Format[] | number }
  )

export type CreateDatanetParameters = WriteParameters & {
  terms: TermsInput
  /** Digest of the rules document; see `cidToDigest`. */
  rules?: Hex | undefined
}

export type CreateDatanetReturnType = WriteReturnType & { datanetId: bigint; modality: Modality }

const defaults = {
  lotFee: 0n,
  lotWindow: 86_400,
  fileCap: 1_000_000,
  dailyKilobytes: 10_000,
  voteWindow: 86_400,
  challengeWindow: 86_400,
  seatCount: 7,
  quorum: 5,
  acceptBps: 6_667,
  appealBondFees: 10,
  admission: zeroAddress,
} as const

/** Fills in the terms left out: 7 seats, quorum 5, two thirds to accept, a day for each window. */
export function toTerms({ formats, modality, ...terms }: TermsInput): Terms {
  const word =
    typeof formats === 'object' ? formatsWord(formats) : (formats ?? (modality ? modalityFormats[modality] : 0))
  const filled = { ...defaults, ...terms }
  return { ...filled, formats: word, gated: filled.admission !== zeroAddress }
}

export async function prepareCreateDatanet(
  client: Client,
  { deployment, rules = zeroHash, terms }: Omit<CreateDatanetParameters, keyof WriteParameters> & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({
    address: contracts.Datanets.address,
    abi: datanetsAbi,
    functionName: 'createDatanet',
    args: [toTerms(terms), rules],
  })
}

/** Checks a creation without sending it. Returns the id it would have. */
export async function simulateCreateDatanet(client: Client, parameters: CreateDatanetParameters): Promise<bigint> {
  return simulate(client, await prepareCreateDatanet(client, parameters), parameters)
}

/**
 * Creates a Datanet. Its terms are fixed for ever and nobody has rights over it afterwards.
 *
 * @throws {DatanetsTermOutOfBoundsError} when a term lies outside its bounds.
 */
export async function createDatanet(
  client: Client,
  parameters: CreateDatanetParameters,
): Promise<CreateDatanetReturnType> {
  const call = await prepareCreateDatanet(client, parameters)
  const result = await send(client, call, parameters, 'createDatanet')
  const { args } = eventIn(result.receipt, { abi: datanetsAbi, address: call.to, eventName: 'DatanetCreated' })
  return { datanetId: args.datanetId, modality: modalityOf(args.terms.formats), ...result }
}
