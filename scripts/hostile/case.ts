import type { FileInput, Format } from '../../validator/src/checks/index.ts'

/** A file made to hurt, and what a validator must answer. `either`: any clear verdict will do, the harm is in the reading. */
export interface HostileCase {
  name: string
  format: Format
  bytes: Uint8Array
  expect: 'reject' | 'accept' | 'either'
  /** Claims that go with it, where they are the attack. */
  claims?: Partial<Pick<FileInput, 'declaredBytes' | 'declaredSha256' | 'manifest' | 'expected' | 'name'>>
}

export const PROSE =
  'The lighthouse keeper wrote the weather into his book every evening. Wind from the west, rain after noon, and the ' +
  'lamp lit at six. On clear nights he counted the ships that passed the point and noted which way they went.\n'

export function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}

export function concat(...parts: (Uint8Array | string)[]): Buffer {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? latin1(part) : part)))
}

export function uint(value: number, bytes: 1 | 2 | 3 | 4 | 6, order: 'little' | 'big'): Buffer {
  const out = Buffer.alloc(bytes)
  if (order === 'little') out.writeUIntLE(value, 0, bytes)
  else out.writeUIntBE(value, 0, bytes)
  return out
}
