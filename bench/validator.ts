/**
 * npm run bench:validator -- [--json FILE] [--quick]
 * What checking costs against the bare decode, how well near-duplicates are told from strangers, and what the index of
 * 100,000 accepted contributions takes. `--quick` does less of each, to see that it runs.
 */
import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { MODALITIES, type Modality } from '../validator/src/checks/index.ts'
import { type IndexReport, measureIndex } from './validator/index-size.ts'
import { measureNearDuplicates, type NearDuplicateReport } from './validator/near-duplicates.ts'
import { measureThroughput } from './validator/throughput.ts'

const { values } = parseArgs({ options: { json: { type: 'string' }, quick: { type: 'boolean', default: false } } })

const accepted = values.quick ? 5_000 : 100_000
const originals: Record<Modality, number> = values.quick
  ? { text: 40, image: 10, audio: 5 }
  : { text: 200, image: 120, audio: 60 }

function forEachModality<Value>(make: (modality: Modality) => Value): Record<Modality, Value> {
  return Object.fromEntries(MODALITIES.map((modality) => [modality, make(modality)])) as Record<Modality, Value>
}

const throughput = await measureThroughput(values.quick ? 1 : 4)
for (const modality of MODALITIES) {
  const { ratioToDecode, ratioOnTheWall, filesPerSecond, megabytesPerSecond, byFormat } = throughput[modality]
  console.log(
    `${modality}: ${ratioToDecode} times the processor time of the bare decode (${ratioOnTheWall} on the wall), ${filesPerSecond} files/s, ${megabytesPerSecond} MB/s`,
    byFormat,
  )
}

const nearDuplicate: Partial<Record<Modality, NearDuplicateReport>> = {}
for (const modality of MODALITIES) {
  const report = await measureNearDuplicates(modality, originals[modality])
  nearDuplicate[modality] = report
  console.log(
    `${modality}: recall ${report.recall}, false positives ${report.falsePositiveRate} at ${report.threshold}`,
    report.recallByEdit,
  )
}

const index: Record<Modality, IndexReport> = forEachModality((modality) => measureIndex(modality, accepted))
for (const modality of MODALITIES) {
  const { bytes, seconds, queryMilliseconds } = index[modality]
  console.log(
    `${modality}: ${accepted} accepted take ${(bytes / 1e6).toFixed(1)} MB and ${seconds} s, a query ${queryMilliseconds} ms`,
  )
}

const sum = (of: 'bytes' | 'seconds') => MODALITIES.reduce((total, modality) => total + index[modality][of], 0)
const report = {
  machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, node ${process.version}`,
  accepted,
  ratioToDecode: forEachModality((modality) => throughput[modality].ratioToDecode),
  nearDuplicate,
  /** Of the three indexes together, each with `accepted` contributions. */
  indexBytes: sum('bytes'),
  indexSeconds: Number(sum('seconds').toFixed(2)),
  throughput,
  index,
}
if (values.json) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`)
