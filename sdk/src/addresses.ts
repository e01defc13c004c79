import type { Client } from 'viem'
import { getChainId } from 'viem/actions'
import { deployments } from './deployments.ts'
import { UnknownDeploymentError } from './errors/deployment.ts'
import type { Deployment } from './types/deployment.ts'

const registered = new Map<number, Deployment>()

/** Makes a deployment known, so that actions find it by the client's chain. A later one replaces an earlier one. */
export function registerDeployment(deployment: Deployment): void {
  registered.set(deployment.chainId, deployment)
}

/** The deployment of a chain: one registered, otherwise one shipped with this package. */
export function getDeployment(chainId: number): Deployment {
  const found = registered.get(chainId) ?? deployments.find((deployment) => deployment.chainId === chainId)
  if (!found) throw new UnknownDeploymentError({ chainId })
  return found
}

/** What every action accepts: a deployment of its own instead of the one of the client's chain. */
export type DeploymentParameter = { deployment?: Deployment | undefined }

/** The deployment an action works with. A client without a chain is asked each time: a wallet can switch. */
export async function resolveDeployment(client: Client, deployment?: Deployment): Promise<Deployment> {
  return deployment ?? getDeployment(client.chain?.id ?? (await getChainId(client)))
}
