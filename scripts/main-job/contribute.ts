import { createMemoryJournal, submit } from '@datanets/sdk'
import { readFiles } from '@datanets/sdk/node'
import { formatContributionId, formatLotId } from '@datanets/sdk/utils'
import type { Account } from 'viem'
import type { Stack } from '../stack/stack.ts'
import type { Plan } from './plan.ts'

/** A file that is on chain and published. */
export type Contributed = { contributionId: bigint; id: string; name: string; contributor: string; datanetId: bigint }

type ContributeParameters = { name: string; account: Account; plan: Plan; onStep: (what: string) => void }

/** Submits what the plan has for today: one transaction for each Datanet. */
export async function contribute(
  { datanets, store, walletOf }: Stack,
  { name, account, plan, onStep }: ContributeParameters,
): Promise<Contributed[]> {
  const contributed: Contributed[] = []
  for (const { datanetId, files } of plan.submissions) {
    const { items, lotId } = await submit(walletOf(account), {
      datanetId,
      files: (await readFiles(files)).map((file) => ({ ...file, licence: 'CC0-1.0' })),
      store,
      // In memory: this process submits once, and its chain ends with it.
      journal: createMemoryJournal(),
    })
    const title = datanets.find((datanet) => datanet.datanetId === datanetId)?.title
    onStep(`${name} submitted ${items.length} files to "${title}" in one transaction (lot ${formatLotId(lotId)})`)
    for (const { contributionId, name: file } of items) {
      contributed.push({
        contributionId,
        id: formatContributionId(contributionId),
        name: file,
        contributor: name,
        datanetId,
      })
    }
  }
  return contributed
}
