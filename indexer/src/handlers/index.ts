import { type Deployment, datanetsAbi, validatorsAbi } from '@datanets/sdk'
import type { Abi, Hex } from 'viem'
import { Decoder } from '../core/events.ts'
import { datanetsHandlers } from './datanets.ts'
import type { AnyHandler, ContractHandlers } from './handler.ts'
import { validatorsHandlers } from './validators.ts'

const contracts: { contract: keyof Deployment['contracts']; abi: Abi; handlers: ContractHandlers }[] = [
  { contract: 'Datanets', abi: datanetsAbi as Abi, handlers: datanetsHandlers },
  { contract: 'Validators', abi: validatorsAbi as Abi, handlers: validatorsHandlers },
]

/** The events of a deployment: how they are read, and what each of them does. */
export function eventsOf(deployment: Deployment): { decoder: Decoder; handlers: Map<string, AnyHandler> } {
  const present = contracts.filter(({ contract }) => deployment.contracts[contract] !== undefined)
  const decoder = new Decoder(
    present.map(({ contract, abi, handlers }) => ({
      contract,
      abi,
      address: deployment.contracts[contract].address as Hex,
      names: Object.keys(handlers),
    })),
  )
  const handlers = new Map<string, AnyHandler>()
  for (const { contract, handlers: own } of present) {
    for (const [name, handler] of Object.entries(own)) handlers.set(`${contract}.${name}`, handler)
  }
  return { decoder, handlers }
}
