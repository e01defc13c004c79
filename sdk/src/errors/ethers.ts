import { BaseError } from './base.ts'

/** An ethers provider that cannot send JSON-RPC requests. */
export class ProviderWithoutRpcError extends BaseError {
  constructor({ provider }: { provider: string }) {
    super(`The provider ${provider} cannot send JSON-RPC requests.`, {
      metaMessages: ['Use a JsonRpcProvider, BrowserProvider, WebSocketProvider, or one of their kind.'],
      name: 'ProviderWithoutRpcError',
    })
  }
}

/** An ethers signer without a provider cannot reach a chain. */
export class SignerWithoutProviderError extends BaseError {
  constructor() {
    super('The signer has no provider.', {
      metaMessages: ['Connect it first: signer.connect(provider).'],
      name: 'SignerWithoutProviderError',
    })
  }
}
