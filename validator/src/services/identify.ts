import { validatorsAbi } from '@datanets/sdk'
import { type Address, isAddressEqual, type PublicClient } from 'viem'
import type { Logger } from '../logger.ts'
import type { ChainState } from './chain-state.ts'
import type { Service } from './service.ts'

/** Milliseconds between looks at who is active. It only decides the order of turns. */
const REFRESH_MS = 30_000

interface Modules {
  client: PublicClient
  state: ChainState
  logger: Logger
}

/** Finds out which validator the signing key serves and who else is active. */
export class Identify implements Service {
  readonly name = 'identify'
  readonly #options: { validators: Address; signingKey: Address }
  readonly #modules: Modules
  #refreshedAt = Number.NEGATIVE_INFINITY

  constructor(options: { validators: Address; signingKey: Address }, modules: Modules) {
    this.#options = options
    this.#modules = modules
  }

  async tick(): Promise<void> {
    const { state, logger } = this.#modules
    const validatorId = await this.#findOwnId()
    if (validatorId !== state.validatorId) {
      logger.info(
        { validatorId, signingKey: this.#options.signingKey },
        validatorId ? 'serving a validator' : 'key is not registered',
      )
      state.validatorId = validatorId
    }
    if (performance.now() - this.#refreshedAt < REFRESH_MS && state.activeIds.includes(validatorId)) return
    state.activeIds = await this.#findActiveIds()
    this.#refreshedAt = performance.now()
  }

  /** Zero for a key that is not registered or was replaced by another. */
  async #findOwnId(): Promise<number> {
    const { client } = this.#modules
    const { signingKey } = this.#options
    const contract = this.#contract
    const validatorId = await client.readContract({ ...contract, functionName: 'validatorIdOf', args: [signingKey] })
    if (validatorId === 0n) return 0
    const validator = await client.readContract({ ...contract, functionName: 'validatorOf', args: [validatorId] })
    return isAddressEqual(validator.signingKey, signingKey) && !validator.slashed ? Number(validatorId) : 0
  }

  async #findActiveIds(): Promise<number[]> {
    const { client } = this.#modules
    const contract = this.#contract
    const count = Number(await client.readContract({ ...contract, functionName: 'validatorCount' }))
    const ids = Array.from({ length: count }, (_, at) => at + 1)
    const validators = await Promise.all(
      ids.map((id) => client.readContract({ ...contract, functionName: 'validatorOf', args: [BigInt(id)] })),
    )
    return ids.filter((_, at) => validators[at]!.units > 0)
  }

  get #contract() {
    return { abi: validatorsAbi, address: this.#options.validators } as const
  }
}
