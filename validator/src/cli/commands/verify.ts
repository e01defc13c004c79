import { getLot } from '@datanets/sdk'
import { fromContributionId, parseContributionId, parseLotId } from '@datanets/sdk/utils'
import { defineCommand } from '../command.ts'
import { table } from '../output.ts'
import { verifyContribution } from '../verify/contribution.ts'
import { verifyLot } from '../verify/lot.ts'

/** Trusts nothing but hashes: what the chain and the store say is computed again and compared. */
export const verify = defineCommand({
  name: 'verify',
  summary: 'recompute a lot (3-12) or a contribution (3-12-7) and compare',
  arguments: '<id>',
  async run(context, [id]) {
    const item = id!.split('-').length === 3 ? fromContributionId(parseContributionId(id!)) : undefined
    const lotId = item?.lotId ?? parseLotId(id!)
    const [access, store] = await Promise.all([context.chain(), context.store()])
    const state = await getLot(access.client, { deployment: access.deployment, lotId })
    const findings = await verifyLot(access, store, state)
    if (item) findings.push(...(await verifyContribution(access, store, state, item.index)))
    const isDifferent = findings.some(({ outcome }) => outcome === 'different')
    const isUnknown = findings.some(({ outcome }) => outcome === 'unknown')
    return {
      data: { id, findings },
      text: table(
        ['what', 'outcome', ''],
        findings.map(({ what, outcome, detail }) => [what, outcome, detail]),
      ),
      exit: isDifferent ? 'mismatch' : isUnknown ? 'undetermined' : 'ok',
    }
  },
})
