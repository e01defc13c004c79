import { BaseError } from '@datanets/sdk'
import type { Address } from 'viem'

/** A contract is there, but the blocks looked through do not hold its creation. */
export class CreationNotFoundError extends BaseError {
  constructor({ address, from, to }: { address: Address; from: bigint; to: bigint }) {
    super(`No transaction of blocks ${from} to ${to} created ${address}.`, {
      metaMessages: [
        'A deployment that was finished long ago is not recorded anew.',
        'Restore deployments/<chainId>.json from git, or write the block and transaction by hand.',
      ],
      name: 'CreationNotFoundError',
    })
  }
}

/** CREATE2 was asked for on a chain without the factory that makes its addresses. */
export class FactoryMissingError extends BaseError {
  constructor({ chainId, factory }: { chainId: number; factory: Address }) {
    super(`Chain ${chainId} has no CreateX factory at ${factory}, so addresses cannot be fixed by CREATE2.`, {
      metaMessages: ['Leave out --strategy: addresses then follow from the deployer and its nonce.'],
      name: 'FactoryMissingError',
    })
  }
}
