import {
  getValidator,
  prepareRegister,
  prepareStake,
  register,
  type SigningKey,
  stake as stakeMore,
  ValidatorsUnknownError,
} from '@datanets/sdk'
import { type Address, isHex } from 'viem'
import { defineCommand } from '../command.ts'
import type { ChainAccess, CliContext } from '../context.ts'
import { UsageError } from '../errors.ts'
import { parseAddress, parseInteger } from '../parse.ts'
import { perform } from '../write.ts'

interface Options {
  signingKey?: string
  proof?: string
}

/** The first time it registers the account with its signing key. */
export const stake = defineCommand<Options>({
  name: 'stake',
  summary: 'stake units of OPEN; the first time, register with the signing key',
  writes: true,
  arguments: '<units>',
  setup: (command) =>
    command
      .option('--signing-key <address>', 'signing key that lives on another machine, with --proof')
      .option('--proof <hex>', 'its consent to serve the account, printed there by `datanet consent`'),
  async run(context, [given], options) {
    const units = parseInteger(given!, { name: 'The number of units', min: 1, max: 65_535 })
    const [access, wallet] = await Promise.all([context.chain(), context.wallet()])
    const { client, deployment } = access
    const account = wallet.account.address
    if (await isRegistered(access, account)) {
      return perform(context, {
        plan: async () => [await prepareStake(client, { deployment, units })],
        async send() {
          const { hash, validatorId } = await stakeMore(wallet, { deployment, units })
          return {
            data: { validatorId, units, hash },
            text: `Staked ${units} more units for validator ${validatorId}.`,
          }
        },
      })
    }
    const signingKey = await signingKeyOf(context, options)
    return perform(context, {
      plan: async () => [await prepareRegister(client, { deployment, account, signingKey, units })],
      async send() {
        const { hash, validatorId } = await register(wallet, { deployment, signingKey, units })
        const text = `Registered as validator ${validatorId} with ${units} units and signing key ${signingKey.address}.`
        return { data: { validatorId, units, signingKey: signingKey.address, hash }, text }
      },
    })
  },
})

async function isRegistered({ client, deployment }: ChainAccess, account: Address): Promise<boolean> {
  try {
    await getValidator(client, { deployment, account })
    return true
  } catch (error) {
    if (error instanceof ValidatorsUnknownError) return false
    throw error
  }
}

async function signingKeyOf(context: CliContext, { signingKey, proof }: Options): Promise<SigningKey> {
  if (signingKey === undefined && proof === undefined) return context.signer('signing')
  if (signingKey === undefined || !isHex(proof)) {
    throw new UsageError('--signing-key and --proof go together.', 'Run `datanet consent ACCOUNT` where the key is.')
  }
  return { address: parseAddress(signingKey, '--signing-key'), proof }
}
