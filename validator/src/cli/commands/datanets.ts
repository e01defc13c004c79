import { getDatanets } from '@datanets/sdk'
import { defineCommand } from '../command.ts'
import { table } from '../output.ts'
import { formatOpen } from '../write.ts'

export const datanets = defineCommand({
  name: 'datanets',
  summary: 'list Datanets with their terms and budgets',
  async run(context) {
    const { client, deployment } = await context.chain()
    const list = await getDatanets(client, { deployment, signal: context.signal })
    const rows = list.map(({ datanetId, modality, formats, book, terms }) => [
      datanetId,
      modality,
      formats.join(','),
      `${book.fileCount}/${terms.fileCap}`,
      formatOpen(terms.rewardPerFile),
      formatOpen(book.budget),
    ])
    return { data: list, text: table(['id', 'modality', 'formats', 'files', 'reward', 'budget'], rows) }
  },
})
