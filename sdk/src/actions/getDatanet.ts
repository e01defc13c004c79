import type { Address, Client, Hex } from 'viem'
import { DatanetsUnknownDatanetError } from '../errors/datanets.ts'
import { readDatanetsEvents } from '../events/datanets.ts'
import type { Book, Format, Modality, Terms } from '../types/protocol.ts'
import { digestToCid } from '../utils/cid.ts'
import { formatsIn, modalityOf } from '../utils/formats.ts'
import { datanetsOf, type ReadParameters, readAt, type View, viewOf } from './internal/read.ts'

export type GetDatanetParameters = ReadParameters & { datanetId: bigint }

/** A Datanet: what was fixed when it was created, and where it stands. */
export type Datanet = {
  datanetId: bigint
  creator: Address
  modality: Modality
  /** The formats of `terms.formats`. */
  formats: Format[]
  terms: Terms
  book: Book
  /** Digest of the rules document. */
  rules: Hex
  /** Where the rules document is; null where there is none. */
  rulesCid: string | null
  createdBlock: bigint
}

export type GetDatanetReturnType = Datanet

/** @throws {DatanetsUnknownDatanetError} when no Datanet has this id. */
export async function getDatanet(
  client: Client,
  { datanetId, ...options }: GetDatanetParameters,
): Promise<GetDatanetReturnType> {
  const [datanet] = await readDatanets(await viewOf(client, options), [datanetId])
  if (!datanet) throw new DatanetsUnknownDatanetError({ datanetId })
  return datanet
}

/** Those of `datanetIds` that exist. */
export async function readDatanets(view: View, datanetIds: readonly bigint[]): Promise<Datanet[]> {
  const { blockNumber, client, deployment, signal } = view
  if (datanetIds.length === 0) return []
  const created = await readDatanetsEvents(client, deployment, {
    eventNames: ['DatanetCreated'],
    first: datanetIds,
    toBlock: blockNumber,
    signal,
  })
  const wanted = new Set(datanetIds)
  return Promise.all(
    created
      .filter(({ args }) => wanted.has(args.datanetId))
      .map(async ({ args, blockNumber: createdBlock }) => ({
        datanetId: args.datanetId,
        creator: args.creator,
        modality: modalityOf(args.terms.formats),
        formats: formatsIn(args.terms.formats),
        terms: { ...args.terms, gated: BigInt(args.terms.admission) !== 0n },
        book: await readAt(client, {
          ...datanetsOf(view),
          functionName: 'bookOf',
          args: [args.datanetId],
          blockNumber,
        }),
        rules: args.rules,
        rulesCid: BigInt(args.rules) === 0n ? null : digestToCid(args.rules, 'dag-json').toString(),
        createdBlock,
      })),
  )
}
