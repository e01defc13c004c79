import { fileTypeFromBuffer } from 'file-type'
import { type Format, formatOfName } from '../formats.ts'
import { fail, pass } from '../result.ts'
import type { Check } from '../types.ts'

const name = 'format'

export const format: Check = {
  name,
  modality: 'any',
  stage: 'bytes',
  async run({ bytes, declaredFormat }, { checks }) {
    const allowed = checks.format.allowed.join(', ')
    if (!checks.format.allowed.includes(declaredFormat)) {
      return fail(
        name,
        'format-not-allowed',
        `The Datanet takes ${allowed}, not ${declaredFormat}.`,
        declaredFormat,
        allowed,
      )
    }
    // Empty bytes have no format to mistake; `size` names the fault.
    if (bytes.length === 0) return pass(name, 'There are no bytes to look at.', null, declaredFormat, 'undetermined')
    const found = await detect(bytes, declaredFormat)
    if (found === declaredFormat) return pass(name, `The bytes are ${declaredFormat}.`, found, declaredFormat)
    const message = `The bytes are ${found === 'unknown' ? 'of no format we know' : found}, not ${declaredFormat}. Declare the real format, or convert the file.`
    return fail(name, 'format-mismatch', message, found, declaredFormat)
  },
}

/** The format of the bytes; text has no signature, so it is what reads as text and carries no other signature. */
async function detect(bytes: Uint8Array, declared: Format): Promise<string> {
  const isText = declared === 'md' || declared === 'txt'
  // The library throws where a signature is followed by too little: that is no format either.
  const type = await fileTypeFromBuffer(bytes).catch(() => undefined)
  if (isText && type?.ext !== 'pdf' && readsAsText(bytes)) return declared
  if (type === undefined) return isText ? 'binary data' : readsAsText(bytes) ? 'text' : 'unknown'
  // A docx whose first entries are in an unusual order looks like any zip; `decode` asks for its document part.
  if (declared === 'docx' && type.ext === 'zip') return 'docx'
  return formatOfName(`.${type.ext}`) ?? type.ext
}

const SNIFFED_BYTES = 65_536

function readsAsText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, SNIFFED_BYTES)
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return true
  let control = 0
  for (const byte of head) {
    if (byte === 0) return false
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1b) control++
  }
  return control <= head.length / 100
}
