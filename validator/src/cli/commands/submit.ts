import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  prepareSubmission,
  prepareSubmit,
  resumeSubmissions,
  simulateSubmit,
  submit as submitFiles,
} from '@datanets/sdk'
import { createFileJournal } from '@datanets/sdk/node'
import { formatContributionId } from '@datanets/sdk/utils'
import { defineCommand } from '../command.ts'
import type { CliContext } from '../context.ts'
import { UsageError } from '../errors.ts'
import { table } from '../output.ts'
import { parseDatanetId } from '../parse.ts'
import { perform } from '../write.ts'

interface Options {
  licence?: string
  resume?: boolean
}

export const submit = defineCommand<Options>({
  name: 'submit',
  summary: 'enter files into a Datanet and publish them once they are mined',
  writes: true,
  arguments: '[datanet] [files...]',
  setup: (command) =>
    command
      .option('--licence <name>', 'SPDX identifier or name, written into the manifests')
      .option('--resume', 'finish submissions that a crash or an outage interrupted'),
  async run(context, [datanet, ...paths], { licence, resume }) {
    if (resume) return resumeAll(context)
    if (datanet === undefined || paths.length === 0) {
      throw new UsageError('No Datanet or no files.', 'Give the id of a Datanet and at least one file.')
    }
    const datanetId = parseDatanetId(datanet)
    const files = paths.map((path) => ({ name: basename(path), bytes: read(path), licence }))
    const [{ client, deployment }, wallet] = await Promise.all([context.chain(), context.wallet()])
    return perform(context, {
      async plan() {
        const contributor = wallet.account.address
        const submission = await prepareSubmission(client, { deployment, datanetId, files, contributor })
        await simulateSubmit(client, { deployment, submission })
        return [await prepareSubmit(client, { deployment, submission })]
      },
      async send() {
        const { receipt: _, ...result } = await submitFiles(wallet, {
          deployment,
          datanetId,
          files,
          store: await context.store(),
          journal: createFileJournal({ dir: journalOf(context) }),
          signal: context.signal,
          onProgress: ({ step, ...details }) =>
            context.progress.say(
              step === 'published' && 'of' in details ? `published ${details.files} of ${details.of}` : step,
            ),
        })
        const rows = result.items.map((item) => [formatContributionId(item.contributionId), item.name, item.payloadCid])
        const items = result.items.map((item) => ({ ...item, contribution: formatContributionId(item.contributionId) }))
        return { data: { ...result, items }, text: table(['contribution', 'file', 'content'], rows) }
      },
    })
  },
})

async function resumeAll(context: CliContext) {
  if (context.dryRun) throw new UsageError('--resume has no dry run.', 'Leave out one of --resume and --dry-run.')
  const [{ deployment }, wallet, store] = await Promise.all([context.chain(), context.wallet(), context.store()])
  const journal = createFileJournal({ dir: journalOf(context) })
  const results = await resumeSubmissions(wallet, { deployment, journal, store, signal: context.signal })
  const rows = results.map(({ id, status }) => [id, status])
  const isDone = results.every(({ status }) => status === 'published' || status === 'discarded')
  return {
    data: results,
    text: table(['submission', 'status'], rows),
    exit: isDone ? ('ok' as const) : ('unreachable' as const),
  }
}

function journalOf({ home }: CliContext): string {
  return join(home, 'submissions')
}

function read(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path))
  } catch (cause) {
    throw new UsageError(`${path} cannot be read: ${(cause as Error).message}.`, 'Give the path of a file.')
  }
}
