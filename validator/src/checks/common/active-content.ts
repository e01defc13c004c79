import { fileTypeFromBuffer } from 'file-type'
import { scriptIn } from '../decode/script.ts'
import { type Format, formatOfName, modalityOf } from '../formats.ts'
import { fail, pass } from '../result.ts'
import type { Check, CheckResult } from '../types.ts'
import { endOf } from './tail.ts'

const name = 'activeContent'
const HEAD_BYTES = 65_536
const ZIP_END = Buffer.from('PK\x05\x06', 'latin1')

export const activeContent: Check = {
  name,
  modality: 'any',
  stage: 'content',
  async run({ bytes, declaredFormat }, _rules, { content }): Promise<CheckResult> {
    const found = content?.findings.find(({ code }) => code === 'active-content')
    if (found) return fail(name, 'active-content', found.message)
    if (declaredFormat === 'md' && content?.modality === 'text') {
      const script = scriptIn([Buffer.from(withoutCode(content.text))])
      if (script) {
        return fail(
          name,
          'active-content',
          `The markdown carries ${script} outside of a code block. Remove it, or quote it as code.`,
        )
      }
    }
    if (modalityOf(declaredFormat) === 'text') return pass(name, 'No script or program found.')
    return (await binaryFinding(bytes, declaredFormat)) ?? pass(name, 'No script, program or second file found.')
  },
}

async function binaryFinding(bytes: Uint8Array, format: Format): Promise<CheckResult | undefined> {
  const end = endOf(bytes, format)
  const tail = bytes.subarray(end)
  const script = scriptIn([bytes.subarray(0, HEAD_BYTES), tail])
  if (script) return fail(name, 'active-content', `The ${format} carries ${script} in its metadata. Strip it.`)
  const second = await fileTypeFromBuffer(tail).catch(() => undefined)
  const zip = Buffer.from(bytes.subarray(-HEAD_BYTES)).includes(ZIP_END)
  // Phones append further jpegs (depth, preview) to their own; that is still one picture.
  const other = zip ? 'zip' : second && formatOfName(`.${second.ext}`) !== format ? second.ext : undefined
  if (!other) return undefined
  const message = `A ${other} is hidden in the ${format}: two files in one. Send only the ${format}.`
  return fail(name, 'trailing-data', message, tail.length, 0)
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^(```|~~~)[^\n]*\n[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '')
}
