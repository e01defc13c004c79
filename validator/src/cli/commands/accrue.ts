import { accrue as accrueLot, prepareAccrue } from '@datanets/sdk'
import { formatLotId, parseLotId } from '@datanets/sdk/utils'
import { defineCommand } from '../command.ts'
import { perform } from '../write.ts'

export const accrue = defineCommand({
  name: 'accrue',
  summary: 'pay the accepted contributions of a settled lot to their balances',
  writes: true,
  arguments: '<lot>',
  async run(context, [lot]) {
    const lotId = parseLotId(lot!)
    const [{ client, deployment }, wallet] = await Promise.all([context.chain(), context.wallet()])
    return perform(context, {
      plan: async () => [await prepareAccrue(client, { deployment, lotId })],
      async send() {
        const { receipt: _, ...result } = await accrueLot(wallet, { deployment, lotId })
        return { data: result, text: `Accrued lot ${formatLotId(lotId)}.` }
      },
    })
  },
})
