import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { fail, pass } from '../result.ts'
import type { Check } from '../types.ts'

const name = 'rows'
const compiled = new WeakMap<object, ValidateFunction>()

/** Instruction Datanets: a JSON array, or one JSON object a line; every row matches the rules' schema. */
export const rows: Check = {
  name,
  modality: 'text',
  stage: 'content',
  run(_input, { checks }, { content }) {
    if (content?.modality !== 'text') return pass(name, 'There is no text.', null, null, 'undetermined')
    const { schema, maxInvalid } = checks.rows
    const validate = validatorOf(schema)
    const parsed = parseRows(content.text)
    const problems = parsed.flatMap((row, at) => {
      if (row instanceof SyntaxError) return [`row ${at + 1}: ${row.message}`]
      if (validate(row)) return []
      const [first] = validate.errors ?? []
      return [`row ${at + 1}: ${first?.instancePath || 'row'} ${first?.message ?? 'is invalid'}`]
    })
    if (parsed.length === 0)
      return fail(name, 'row-invalid', 'There are no rows. Send JSON lines or a JSON array.', 0, 1)
    if (problems.length <= maxInvalid) return pass(name, `${parsed.length} rows match.`, problems.length, maxInvalid)
    const message = `${problems.length} of ${parsed.length} rows do not match the Datanet's schema; first ${problems[0]!.slice(0, 200)}.`
    return fail(name, 'row-invalid', message, problems.length, maxInvalid)
  },
}

function validatorOf(schema: Record<string, unknown> | boolean): ValidateFunction {
  const key = typeof schema === 'object' ? schema : undefined
  const known = key && compiled.get(key)
  if (known) return known
  const ajv = new Ajv2020({ strict: false })
  formats.default(ajv)
  const validate = ajv.compile(schema)
  if (key) compiled.set(key, validate)
  return validate
}

function parseRows(text: string): unknown[] {
  const trimmed = text.trim()
  if (trimmed.startsWith('[')) {
    const whole = parse(trimmed)
    return Array.isArray(whole) ? whole : [whole]
  }
  return trimmed
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map(parse)
}

/** A row that is no JSON comes back as its error, so that the others are still judged. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (cause instanceof SyntaxError) return cause
    throw cause
  }
}
