import type { Format } from '../formats.ts'

/** Where the format says the file ends, for those that say it; otherwise its length. */
export function endOf(bytes: Uint8Array, format: Format): number {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  switch (format) {
    case 'png':
      return endOfPng(view)
    case 'jpg':
      return endOfJpeg(view)
    case 'webp':
    case 'wav':
      return view.length < 8 ? view.length : Math.min(view.length, view.readUInt32LE(4) + 8)
    case 'bmp':
      return view.length < 6 ? view.length : Math.min(view.length, Math.max(54, view.readUInt32LE(2)))
    default:
      return view.length
  }
}

function endOfPng(view: Buffer): number {
  let at = 8
  while (at + 8 <= view.length) {
    const end = at + 12 + view.readUInt32BE(at)
    if (view.toString('latin1', at + 4, at + 8) === 'IEND') return Math.min(end, view.length)
    at = end
  }
  return view.length
}

/** Segments up to the first scan are walked, so that an embedded thumbnail is not taken for the end. */
function endOfJpeg(view: Buffer): number {
  const SCAN = 0xda
  let at = 2
  while (at + 4 <= view.length && view[at] === 0xff && view[at + 1] !== SCAN) at += 2 + view.readUInt16BE(at + 2)
  const end = view.indexOf(Buffer.from([0xff, 0xd9]), at)
  return end < 0 ? view.length : end + 2
}
