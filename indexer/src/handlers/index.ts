import {
  appealsAbi,
  type ContractName,
  type Deployment,
  datanetsAbi,
  modelFactoryAbi,
  validatorsAbi,
} from '@datanets/sdk'
import type { Abi, Hex } from 'viem'
import { Decoder } from '../core/events.ts'
import { appealsHandlers } from './appeals.ts'
import { datanetsHandlers } from './datanets.ts'
import type { AnyHandler, ContractHandlers } from './handler.ts'
import { modelFactoryHandlers } from './modelfactory.ts'
import { validatorsHandlers } from './validators.ts'

const contracts: { contract: ContractName; abi: Abi; handlers: ContractHandlers }[] = [
  { contract: 'Datanets', abi: datanetsAbi as Abi, handlers: datanetsHandlers },
  { contract: 'Validators', abi: validatorsAbi as Abi, handlers: validatorsHandlers },
  { contract: 'Appeals', abi: appealsAbi as Abi, handlers: appealsHandlers },
  { contract: 'ModelFactory', abi: modelFactoryAbi as Abi, handlers: modelFactoryHandlers },
]

/** The events of a deployment: how they are read, and what each of them does. */
export function eventsOf(deployment: Deployment): { decoder: Decoder; handlers: Map<string, AnyHandler> } {
  const decoder = new Decoder(
    contracts.map(({ contract, abi, handlers }) => ({
      contract,
      abi,
      address: deployment.contracts[contract].address as Hex,
      names: Object.keys(handlers),
    })),
  )
  const handlers = new Map<string, AnyHandler>()
  for (const { contract, handlers: own } of contracts) {
    for (const [name, handler] of Object.entries(own)) handlers.set(`${contract}.${name}`, handler)
  }
  return { decoder, handlers }
}
