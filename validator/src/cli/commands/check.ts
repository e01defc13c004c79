import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import {
  type CheckContext,
  defaultRules,
  type FileInput,
  type FileVerdict,
  FORMATS,
  type Format,
  formatOfName,
  type Modality,
  modalityOf,
  nearDuplicateIndex,
  parseRules,
  type Rules,
  TermRelevance,
  voteOf,
} from '../../checks/index.ts'
import { type CheckPool, createCheckPool } from '../../worker/index.ts'
import { defineCommand } from '../command.ts'
import { UsageError } from '../errors.ts'
import { fields, safeText, table } from '../output.ts'

interface Options {
  rules?: string
  format?: string
  against?: string[]
}

/** The same checks with the same limits as a node runs them; no chain and no store are involved. */
export const check = defineCommand<Options>({
  name: 'check',
  summary: 'check files as a validator would, without a chain',
  arguments: '<files...>',
  setup: (command) =>
    command
      .option('--rules <file>', 'rules document (JSON); the defaults of the modality without it')
      .option('--format <format>', 'declared format; by default what the file name says')
      .option('--against <files...>', 'files to compare with, as if accepted before'),
  async run(context, files, { rules: rulesPath, format, against = [] }) {
    const stated = rulesPath === undefined ? undefined : parseRules(readJson(rulesPath))
    const inputs = files.map((path) => readInput(path, format))
    const pool = createCheckPool({ size: 1 })
    context.onClose(() => pool.close())

    const corpus = new LocalCorpus(pool, stated)
    for (const path of against) await corpus.add(readInput(path, undefined), path)
    const checked: (FileVerdict & { file: string })[] = []
    for (const [at, input] of inputs.entries()) {
      context.progress.say(`checking ${at + 1} of ${files.length}: ${safeText(basename(files[at]!))}`)
      const verdict = await pool.check(input, corpus.rulesFor(input), corpus.contextFor(input))
      checked.push({ file: files[at]!, ...verdict })
    }
    const vote = voteOf(checked.flatMap(({ results }) => results))
    return {
      data: { vote, files: checked.map(({ file, vote: own, results }) => ({ file, vote: own, results })) },
      text: checked.map(textOf).join('\n\n'),
      exit: vote === 'reject' ? 'rejected' : vote === 'abstain' ? 'undetermined' : 'ok',
    }
  },
})

/** What `--against` names, by modality. */
class LocalCorpus {
  readonly #pool: CheckPool
  readonly #stated: Rules | undefined
  readonly #contexts = new Map<Modality, Required<Pick<CheckContext, 'hashes' | 'index' | 'relevance'>>>()
  readonly #hashes = new Map<string, string>()

  constructor(pool: CheckPool, stated: Rules | undefined) {
    this.#pool = pool
    this.#stated = stated
  }

  rulesFor({ declaredFormat }: FileInput): Rules {
    return this.#stated ?? defaultRules(modalityOf(declaredFormat))
  }

  contextFor({ declaredFormat }: FileInput): CheckContext {
    return this.#contexts.get(modalityOf(declaredFormat)) ?? {}
  }

  async add(input: FileInput, path: string): Promise<void> {
    const modality = modalityOf(input.declaredFormat)
    const { fingerprint, terms } = await this.#pool.check(input, this.rulesFor(input))
    const context = this.#contexts.get(modality) ?? {
      hashes: this.#hashes,
      index: nearDuplicateIndex(modality),
      relevance: new TermRelevance(),
    }
    this.#contexts.set(modality, context)
    this.#hashes.set(input.declaredSha256, path)
    if (fingerprint) context.index.add(path, fingerprint)
    if (terms) context.relevance.learn(terms)
  }
}

function readInput(path: string, format: string | undefined): FileInput {
  const declaredFormat = format === undefined ? formatOfName(path) : FORMATS.find((known) => known === format)
  if (!declaredFormat) throw unknownFormat(path, format)
  const bytes = new Uint8Array(readBytes(path))
  return {
    bytes,
    declaredFormat: declaredFormat as Format,
    name: basename(path),
    declaredBytes: bytes.length,
    declaredSha256: createHash('sha256').update(bytes).digest('hex'),
  }
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new UsageError(`${path} cannot be read: ${(cause as Error).message}.`, 'Give the path of a file.')
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readBytes(path).toString('utf8'))
  } catch (cause) {
    if (cause instanceof UsageError) throw cause
    throw new UsageError(`${path} is not JSON: ${(cause as Error).message}.`, 'Give a rules document.')
  }
}

function unknownFormat(path: string, format: string | undefined): UsageError {
  return new UsageError(
    `${path} has no format a Datanet takes${format === undefined ? '' : `: "${format}"`}.`,
    `Name one with --format: ${FORMATS.join(', ')}.`,
  )
}

function textOf({ file, vote, results }: FileVerdict & { file: string }): string {
  const rows = results.map(({ check: name, verdict, code, measured, threshold }) => [
    name,
    verdict,
    code,
    short(measured),
    short(threshold),
  ])
  const messages = results.filter(({ verdict }) => verdict !== 'pass').map(({ message }) => `- ${safeText(message)}`)
  return [
    fields([
      ['file', safeText(file)],
      ['vote', vote],
    ]),
    table(['check', 'verdict', 'code', 'measured', 'threshold'], rows),
    ...messages,
  ].join('\n')
}

/** Hashes in full are in the JSON. */
function short(value: number | string | null): number | string {
  return typeof value === 'string' && value.length > 24 ? `${value.slice(0, 12)}…` : (value ?? '')
}
