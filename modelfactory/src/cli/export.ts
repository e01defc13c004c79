import { datasetsOnChain } from '../chain/datasets-on-chain.ts'
import { exportDataset } from '../dataset/export.ts'
import { CommandArgumentError } from '../errors/cli.ts'
import type { Command } from './command.ts'

interface ExportOptions {
  out?: string
  exclude?: string[]
}

/** `datanet export`: accepted contributions of any modality as a folder with a manifest, each verified. */
export const exportCommand: Command<ExportOptions> = {
  name: 'export',
  summary: 'write the accepted contributions of Datanets to a folder, verified, with their manifest',
  arguments: '<datanets>',
  setup: (command) =>
    command
      .option('--out <folder>', 'where to')
      .option('--exclude <contributions...>', 'contributions to leave out, such as 3-12-7'),
  async run(context, [list], { exclude, out }) {
    const ids = (list ?? '').split(',')
    if (!ids.every((id) => /^[1-9]\d{0,19}$/.test(id)) || out === undefined) {
      throw new CommandArgumentError('Datanets and --out are needed', 'Such as: datanet export 2 --out ./pictures')
    }
    const [{ client, deployment }, store] = await Promise.all([context.chain(), context.store()])
    const built = await exportDataset({
      source: datasetsOnChain(client, deployment),
      store,
      datanetIds: ids.map(BigInt),
      exclude,
      folder: out,
      onProgress: (done, count) => context.progress.say(`file ${done} of ${count}`),
    })
    const { cid, dataset, digest } = built
    const text = `${dataset.entries.length} files in ${out}. Dataset ${cid}, digest ${digest}.`
    return { data: { cid, digest, files: dataset.entries.length, folder: out }, text }
  },
}
