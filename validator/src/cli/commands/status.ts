import { getBalances, getUsage, getValidator, ValidatorsUnknownError } from '@datanets/sdk'
import { type Address, zeroAddress } from 'viem'
import { hasSigner, type KeyRole } from '../../signer/signer.ts'
import { defineCommand } from '../command.ts'
import type { ChainAccess, CliContext } from '../context.ts'
import { fields } from '../output.ts'
import { parseAddress } from '../parse.ts'
import { formatOpen } from '../write.ts'

export const status = defineCommand({
  name: 'status',
  summary: 'show the chain, the validator of this key, balances and quota',
  arguments: '[account]',
  async run(context, [given]) {
    const access = await context.chain()
    const { client, deployment } = access
    const address = given === undefined ? await ownAddress(context) : parseAddress(given, 'The account')
    const block = await client.getBlock()
    const chain = { chainId: deployment.chainId, datanets: deployment.contracts.Datanets.address, block: block.number }
    if (address === undefined) return { data: { chain }, text: fields(chainFields(chain)) }

    const validator = await validatorOf(access, address)
    const account = validator?.account ?? address
    const [balances, usage] = await Promise.all([
      getBalances(client, { deployment, account }),
      getUsage(client, { deployment, account }),
    ])
    const lines: [string, unknown][] = [
      ...chainFields(chain),
      ['account', account],
      ['wallet', formatOpen(balances.wallet)],
      ['claimable', formatOpen(balances.claimable)],
      ['files left today', `${usage.files.left} of ${usage.files.limit}`],
      ['bytes left today', `${usage.bytes.left} of ${usage.bytes.limit}`],
      ['validator', validator ? validator.validatorId : 'not registered'],
    ]
    if (validator) {
      lines.push(
        ['signing key', validator.signingKey],
        ['stake', `${validator.units} units, ${formatOpen(validator.stake)}`],
      )
      lines.push(['lot fees', formatOpen(validator.lotFees)], ['staker fees', formatOpen(validator.stakerFees)])
      if (validator.slashed) lines.push(['slashed', 'yes: this validator never gets a seat again'])
    }
    return { data: { chain, account, balances, usage, validator: validator ?? null }, text: fields(lines) }
  },
})

/** The account's address, or that of the signing key; undefined where no key is configured. */
async function ownAddress(context: CliContext): Promise<Address | undefined> {
  const roles: KeyRole[] = ['account', 'signing']
  const role = roles.find((name) => hasSigner(name, context.config[name], context.env))
  return role && (await context.signer(role)).address
}

async function validatorOf({ client, deployment }: ChainAccess, account: Address) {
  try {
    const validator = await getValidator(client, { deployment, account })
    return validator.account === zeroAddress ? undefined : validator
  } catch (error) {
    if (error instanceof ValidatorsUnknownError) return undefined
    throw error
  }
}

function chainFields({ chainId, datanets, block }: { chainId: number; datanets: Address; block: bigint }) {
  const lines: [string, unknown][] = [
    ['chain', chainId],
    ['Datanets', datanets],
    ['block', block],
  ]
  return lines
}
