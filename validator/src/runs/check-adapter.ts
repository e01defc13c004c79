import { type AdapterBlock, decodeAdapterBlock } from '@datanets/modelfactory/recompute'
import { FileMismatch, type RunContent } from './content.ts'
import { fail, pass } from './findings.ts'
import type { AnchoredRun, RunFinding } from './types.ts'

export const WEIGHTS = 'adapter_model.safetensors'
const CONFIG = 'adapter_config.json'
const MOST_HEADER_BYTES = 100_000_000

/** The adapter on IPFS is what was anchored, and is nothing but safetensors and its configuration. */
export async function checkAdapter(
  { result, runId }: AnchoredRun,
  content: RunContent,
): Promise<{ finding: RunFinding; adapter?: AdapterBlock }> {
  const adapter = decodeAdapterBlock(await content.block('The adapter', result.adapter))
  if (adapter.runId !== runId) {
    return { finding: fail('adapter', 'other-run', `The adapter says it belongs to run ${adapter.runId}.`) }
  }
  const names = adapter.files.map(({ name }) => name).sort()
  if (names.join() !== [CONFIG, WEIGHTS].join()) {
    const message = `The adapter has the files ${names.join(', ') || 'none'}; it must be ${CONFIG} and ${WEIGHTS} alone.`
    return { finding: fail('adapter', 'unexpected-files', message) }
  }
  for (const link of adapter.files) {
    const bytes = await content.file(link)
    if (bytes instanceof FileMismatch) {
      return { finding: fail('adapter', 'file-mismatch', `${bytes.name}: ${bytes.problem}.`) }
    }
    const problem = link.name === WEIGHTS ? safetensorsProblem(bytes) : configProblem(bytes)
    if (problem !== undefined) return { finding: fail('adapter', 'malformed', `${link.name}: ${problem}.`) }
  }
  return { finding: pass('adapter', `${WEIGHTS} and ${CONFIG} are the anchored ones.`), adapter }
}

/** What is wrong with a safetensors file: its header must describe exactly the bytes that follow. */
export function safetensorsProblem(bytes: Uint8Array): string | undefined {
  if (bytes.length < 8) return 'it is shorter than a header'
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true))
  if (length > MOST_HEADER_BYTES || length > bytes.length - 8) return `its header claims ${length} bytes`
  let header: Record<string, { data_offsets?: [number, number] }>
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length)))
  } catch {
    return 'its header is no JSON'
  }
  const ranges = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([, tensor]): [number, number] => tensor?.data_offsets ?? [-1, -1])
    .sort(([one], [other]) => one - other)
  let at = 0
  for (const [start, end] of ranges) {
    if (start !== at || !(end >= start)) return 'its tensors overlap or leave gaps'
    at = end
  }
  return at === bytes.length - 8 - length ? undefined : 'it has bytes no tensor owns'
}

function configProblem(bytes: Uint8Array): string | undefined {
  try {
    const { peft_type: kind } = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as {
      peft_type?: unknown
    }
    return kind === 'LORA' ? undefined : `its peft_type is ${String(kind)}, not LORA`
  } catch {
    return 'it is no JSON'
  }
}
