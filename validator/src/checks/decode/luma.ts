import type { Plane } from './content.ts'

/** Long side the checks measure at, so that blur and entropy do not depend on the resolution of the camera. */
export const LUMA_SIDE = 512

/** From this many pixels a cell on every second pixel each way is read: a quarter of the work, the same picture. */
const SPARSE_STEP = 4

/**
 * Average of an interleaved 8-bit picture down to luma (BT.601) with its long side at most `LUMA_SIDE`.
 * Integers only: every machine gets the same bytes, whatever its vector unit.
 */
export function lumaOf(pixels: Uint8Array, width: number, height: number, channels: number): Plane {
  const step = Math.max(1, Math.ceil(Math.max(width, height) / LUMA_SIDE))
  const stride = step >= SPARSE_STEP ? 2 : 1
  const outWidth = Math.ceil(width / step)
  const outHeight = Math.ceil(height / step)
  const data = new Uint8Array(outWidth * outHeight)
  const sums = new Float64Array(outWidth)
  for (let outY = 0; outY < outHeight; outY++) {
    sums.fill(0)
    const lastY = Math.min(height, (outY + 1) * step)
    let rows = 0
    for (let y = outY * step; y < lastY; y += stride, rows++) {
      addRow(pixels, y * width * channels, width, channels, step, stride, sums)
    }
    for (let outX = 0; outX < outWidth; outX++) {
      const columns = Math.ceil((Math.min(width, (outX + 1) * step) - outX * step) / stride)
      const area = rows * columns
      data[outY * outWidth + outX] = Math.floor((sums[outX]! / 256 + area / 2) / area)
    }
  }
  return { width: outWidth, height: outHeight, data }
}

function addRow(
  pixels: Uint8Array,
  start: number,
  width: number,
  channels: number,
  step: number,
  stride: number,
  sums: Float64Array,
) {
  for (let outX = 0; outX < sums.length; outX++) {
    const end = start + Math.min(width, (outX + 1) * step) * channels
    let sum = 0
    if (channels < 3) {
      for (let at = start + outX * step * channels; at < end; at += stride * channels) sum += pixels[at]! * 256
    } else {
      for (let at = start + outX * step * channels; at < end; at += stride * channels) {
        sum += pixels[at]! * 77 + pixels[at + 1]! * 150 + pixels[at + 2]! * 29
      }
    }
    sums[outX]! += sum
  }
}
