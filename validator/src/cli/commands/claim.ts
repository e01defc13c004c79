import {
  claimEarnings,
  claim as claimRewards,
  getBalances,
  getValidator,
  prepareClaim,
  prepareClaimEarnings,
} from '@datanets/sdk'
import { defineCommand } from '../command.ts'
import { parseAddress } from '../parse.ts'
import { formatOpen, perform } from '../write.ts'

export const claim = defineCommand<{ earnings?: boolean }>({
  name: 'claim',
  summary: 'send accrued rewards, or a validator’s earnings, to their payout address',
  writes: true,
  arguments: '[account]',
  setup: (command) => command.option('--earnings', 'what the account earned as a validator'),
  async run(context, [given], { earnings }) {
    const [{ client, deployment }, wallet] = await Promise.all([context.chain(), context.wallet()])
    const account = given === undefined ? wallet.account.address : parseAddress(given, 'The account')
    if (earnings) {
      const { validatorId } = await getValidator(client, { deployment, account })
      return perform(context, {
        plan: async () => [await prepareClaimEarnings(client, { deployment, validatorId })],
        async send() {
          const { receipt: _, ...result } = await claimEarnings(wallet, { deployment, validatorId })
          const { lotFees, stakerFees } = result
          return {
            data: result,
            text: `Sent ${formatOpen(lotFees)} of lot fees and ${formatOpen(stakerFees)} of staker fees.`,
          }
        },
      })
    }
    return perform(context, {
      async plan() {
        const { datanets } = await getBalances(client, { deployment, account })
        const datanetIds = datanets.filter(({ balance }) => balance > 0n).map(({ datanetId }) => datanetId)
        return [await prepareClaim(client, { deployment, contributor: account, datanetIds })]
      },
      async send() {
        const { receipt: _, ...result } = await claimRewards(wallet, { deployment, contributor: account })
        return { data: result, text: `Sent ${formatOpen(result.total)} to ${result.payout}.` }
      },
    })
  },
})
