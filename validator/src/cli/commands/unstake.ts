import { getValidator, unstake as giveUp, prepareUnstake, prepareWithdraw, withdraw } from '@datanets/sdk'
import { defineCommand } from '../command.ts'
import { UsageError } from '../errors.ts'
import { parseInteger } from '../parse.ts'
import { formatOpen, perform } from '../write.ts'

export const unstake = defineCommand<{ withdraw?: boolean }>({
  name: 'unstake',
  summary: 'give up units, or withdraw those whose delay is over',
  writes: true,
  arguments: '[units]',
  setup: (command) => command.option('--withdraw', 'take out what was given up before'),
  async run(context, [given], options) {
    const [{ client, deployment }, wallet] = await Promise.all([context.chain(), context.wallet()])
    if (options.withdraw) {
      return perform(context, {
        plan: async () => [await prepareWithdraw(client, { deployment })],
        async send() {
          const { hash, amount } = await withdraw(wallet, { deployment })
          return { data: { amount, hash }, text: `Withdrew ${formatOpen(amount)}.` }
        },
      })
    }
    if (given === undefined) throw new UsageError('No number of units.', 'Give one, or --withdraw.')
    const { units: staked } = await getValidator(client, { deployment, account: wallet.account.address })
    const units = parseInteger(given, { name: 'The number of units', min: 1, max: Math.max(1, staked) })
    return perform(context, {
      plan: async () => [await prepareUnstake(client, { deployment, units })],
      async send() {
        const { hash, validatorId, unbondsAt } = await giveUp(wallet, { deployment, units })
        const text = `Gave up ${units} units; they can be withdrawn from ${new Date(unbondsAt * 1_000).toISOString()}.`
        return { data: { validatorId, units, unbondsAt, hash }, text }
      },
    })
  },
})
