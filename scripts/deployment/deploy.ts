import { execFileSync } from 'node:child_process'
import type { Deployment } from '@datanets/sdk'
import type { ChainType, NetworkConnection } from 'hardhat/types/network'
import { type Address, createPublicClient, custom, type PublicClient } from 'viem'
import Datanets from '../../ignition/modules/Datanets.ts'
import DatanetsWithToken from '../../ignition/modules/DatanetsWithToken.ts'
import { creationOf } from './creation.ts'
import { FactoryMissingError } from './errors.ts'

/** The factory Ignition's `create2` strategy calls: the same address on every chain that has it. */
export const CREATE_X: Address = '0xba5Ed099633D3B313e4D5F7bdc1305d3c28ba5Ed'

/** Salt of every CREATE2 deployment: the same code, token and platform give the same addresses on every chain. */
export const SALT = '0x646174616e6574732f3100000000000000000000000000000000000000000000'

export type DeployParameters = {
  /** Address of OPEN; without it the test token is deployed. */
  open?: Address | undefined
  /** Receives the platform's part of fees; by default the deployer. */
  platform?: Address | undefined
  /** Receives the supply of the test token; by default the deployer. */
  holder?: Address | undefined
  /** `create2` fixes addresses by code and salt and needs the CreateX factory; `basic` by the deployer and its nonce. */
  strategy?: 'basic' | 'create2' | undefined
}

/** Deploys the protocol with Hardhat Ignition, which resumes where it was interrupted, and returns what to record. */
export async function deployProtocol(
  connection: NetworkConnection<ChainType>,
  { open, platform, holder, strategy = 'basic' }: DeployParameters = {},
): Promise<Deployment> {
  const { ignition, viem } = connection
  const client = createPublicClient({ transport: custom(connection.provider) })
  const [deployer] = await viem.getWalletClients()
  const account = deployer!.account.address
  const chainId = await client.getChainId()
  // On a local chain Ignition puts the factory there itself.
  if (strategy === 'create2' && chainId !== 31337) await requireFactory(client, chainId)

  const options = strategy === 'create2' ? ({ strategy, strategyConfig: { salt: SALT } } as const) : { strategy }
  const payee = platform ?? account
  const contracts = open
    ? await ignition.deploy(Datanets, { ...options, parameters: { Datanets: { open, platform: payee } } })
    : await ignition.deploy(DatanetsWithToken, {
        ...options,
        parameters: { DatanetsWithToken: { holder: holder ?? account, platform: payee } },
      })

  const token = contracts.openToken.address
  const datanets = contracts.datanets.address
  const validators = contracts.validators.address
  const created = await creationOf(client, datanets)
  return {
    chainId,
    contracts: {
      OpenToken: open
        ? { address: token, block: created.block, transaction: created.transaction, args: [] }
        : { address: token, ...(await creationOf(client, token)), args: [holder ?? account] },
      Datanets: { address: datanets, ...created, args: [token] },
      Validators: { address: validators, ...created, args: [token, datanets] },
      Appeals: { address: contracts.appeals.address, ...created, args: [token, datanets, validators] },
      ModelFactory: {
        address: contracts.modelFactory.address,
        ...(await creationOf(client, contracts.modelFactory.address)),
        args: [datanets, payee],
      },
    },
    commit: execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim(),
  }
}

async function requireFactory(client: PublicClient, chainId: number): Promise<void> {
  if (!(await client.getCode({ address: CREATE_X }))) throw new FactoryMissingError({ chainId, factory: CREATE_X })
}
