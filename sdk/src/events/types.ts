import type { ContractEventName, ParseEventLogsReturnType } from 'viem'
import type { datanetsAbi } from '../abis.ts'

export type DatanetsEventName = ContractEventName<typeof datanetsAbi>

/** A decoded event of `Datanets`, told apart by `eventName`. */
export type DatanetsEvent<name extends DatanetsEventName = DatanetsEventName> = ParseEventLogsReturnType<
  typeof datanetsAbi,
  name,
  true
>[number]
