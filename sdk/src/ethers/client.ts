import type { Provider, Signer } from 'ethers'
import { type Client, createClient } from 'viem'
import type { DeploymentParameter } from '../addresses.ts'
import { type PublicActionsDatanets, publicActionsDatanets } from '../decorators/public.ts'
import { type WalletActionsDatanets, walletActionsDatanets } from '../decorators/wallet.ts'
import { SignerWithoutProviderError } from '../errors/ethers.ts'
import { toViemAccount } from './account.ts'
import { toTransport } from './transport.ts'

export type FromEthersParameters = DeploymentParameter & {
  /** Milliseconds between looks for a transaction; 1,000 by default. */
  pollingInterval?: number | undefined
}

/** Every action of the SDK over an ethers provider. */
export type DatanetsOfProvider = Client & PublicActionsDatanets

/** Every action of the SDK over an ethers signer. */
export type DatanetsOfSigner = DatanetsOfProvider & WalletActionsDatanets

/** Reads through an ethers provider. */
export function fromProvider(provider: Provider, options: FromEthersParameters = {}): DatanetsOfProvider {
  const { deployment, pollingInterval = 1_000 } = options
  const client = createClient({ transport: toTransport(provider), pollingInterval, cacheTime: 0 })
  return client.extend(publicActionsDatanets({ deployment })) as DatanetsOfProvider
}

/**
 * Reads, writes and signs through an ethers signer with its provider.
 *
 * @throws {SignerWithoutProviderError} when it is not connected.
 */
export async function fromSigner(signer: Signer, options: FromEthersParameters = {}): Promise<DatanetsOfSigner> {
  if (!signer.provider) throw new SignerWithoutProviderError()
  const { deployment, pollingInterval = 1_000 } = options
  const account = await toViemAccount(signer)
  const transport = toTransport(signer.provider)
  const client = createClient({ account, transport, pollingInterval, cacheTime: 0 })
  return client
    .extend(publicActionsDatanets({ deployment }))
    .extend(walletActionsDatanets({ deployment })) as unknown as DatanetsOfSigner
}
