import { crc32, deflateRawSync } from 'node:zlib'
import { concat, latin1, uint } from './case.ts'

/** One entry as it is written, lies included. */
export interface ZipEntry {
  name: string
  data: Uint8Array
  /** Overrides of what the headers say. */
  says?: {
    crc?: number
    packed?: number
    size?: number
    flags?: number
    method?: number
    attributes?: number
    offset?: number
  }
  /** Only named in the directory: its offset points at another entry. */
  phantom?: boolean
}

/** A zip writer that lies when asked to, which no library does. */
export function zipOf(
  entries: readonly ZipEntry[],
  end: { count?: number; comment?: string; prefix?: Uint8Array } = {},
): Buffer {
  const locals: Buffer[] = [Buffer.from(end.prefix ?? new Uint8Array())]
  const directory: Buffer[] = []
  let offset = locals[0]!.length
  for (const entry of entries) {
    const name = latin1(entry.name)
    const packed = deflateRawSync(entry.data, { level: 9 })
    const { says = {} } = entry
    const common = concat(
      uint(says.flags ?? 0, 2, 'little'),
      uint(says.method ?? 8, 2, 'little'),
      uint(0x5c21_0000, 4, 'little'),
      uint(says.crc ?? crc32(entry.data), 4, 'little'),
      uint(says.packed ?? packed.length, 4, 'little'),
      uint(says.size ?? entry.data.length, 4, 'little'),
      uint(name.length, 2, 'little'),
      uint(0, 2, 'little'),
    )
    directory.push(
      concat(
        'PK\x01\x02\x14\x03\x14\x00',
        common,
        Buffer.alloc(6),
        uint(says.attributes ?? 0, 4, 'little'),
        uint(says.offset ?? offset, 4, 'little'),
        name,
      ),
    )
    if (entry.phantom) continue
    const local = concat('PK\x03\x04\x14\x00', common, name, packed)
    locals.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const count = uint(Math.min(0xffff, end.count ?? entries.length), 2, 'little')
  const comment = latin1(end.comment ?? '')
  return concat(
    ...locals,
    central,
    'PK\x05\x06\0\0\0\0',
    count,
    count,
    uint(central.length, 4, 'little'),
    uint(offset, 4, 'little'),
    uint(comment.length, 2, 'little'),
    comment,
  )
}
