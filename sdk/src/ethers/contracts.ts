import { type BaseContract, Contract, type ContractRunner, type InterfaceAbi } from 'ethers'
import type { Appeals } from '../../../typechain/Appeals.ts'
import type { Datanets } from '../../../typechain/Datanets.ts'
import type { ModelFactory } from '../../../typechain/ModelFactory.ts'
import type { OpenToken } from '../../../typechain/OpenToken.ts'
import type { Validators } from '../../../typechain/Validators.ts'
import { appealsAbi, datanetsAbi, modelFactoryAbi, openTokenAbi, validatorsAbi } from '../abis.ts'
import type { Deployment } from '../types/deployment.ts'

export type { Appeals, Datanets, ModelFactory, OpenToken, Validators }

/** The contracts of a deployment as typed ethers contracts. */
export type EthersContracts = {
  datanets: Datanets
  validators: Validators
  appeals: Appeals
  modelFactory: ModelFactory
  openToken: OpenToken
}

/** Connects the contracts of a deployment to a provider or signer. */
export function getContracts({ contracts }: Deployment, runner: ContractRunner): EthersContracts {
  const connect = <contract extends BaseContract>(address: string, abi: unknown) =>
    new Contract(address, abi as InterfaceAbi, runner) as BaseContract as contract
  return {
    datanets: connect<Datanets>(contracts.Datanets.address, datanetsAbi),
    validators: connect<Validators>(contracts.Validators.address, validatorsAbi),
    appeals: connect<Appeals>(contracts.Appeals.address, appealsAbi),
    modelFactory: connect<ModelFactory>(contracts.ModelFactory.address, modelFactoryAbi),
    openToken: connect<OpenToken>(contracts.OpenToken.address, openTokenAbi),
  }
}
