import type { Address, Hex } from 'viem'

/** The contracts of one protocol instance. */
export type ContractName = 'OpenToken' | 'Datanets' | 'Validators' | 'Appeals' | 'ModelFactory'

/** Where a contract is and how it came there. */
export type DeployedContract = {
  address: Address
  /** Block of its creation: no event is older. */
  block: number
  transaction: Hex
  /** Constructor arguments. */
  args: readonly unknown[]
}

/** One protocol instance on one chain, as `deployments/<chainId>.json` holds it. */
export type Deployment = {
  chainId: number
  contracts: Record<ContractName, DeployedContract>
  /** Commit of this repository it was deployed from. */
  commit: string
}
