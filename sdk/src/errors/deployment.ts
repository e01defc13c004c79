import { BaseError } from './base.ts'

/** No deployment of the contracts is known for a chain. */
export class UnknownDeploymentError extends BaseError {
  constructor({ chainId }: { chainId: number }) {
    super(`No deployment of Datanets is known on chain ${chainId}.`, {
      metaMessages: [
        'Call registerDeployment with the content of deployments/<chainId>.json, or pass it as `deployment`.',
      ],
      name: 'UnknownDeploymentError',
    })
  }
}
