import type { Plane } from './content.ts'

/** Long side the checks measure at, so that blur and entropy do not depend on the resolution of the camera. */
export const LUMA_SIDE = 512

/**
 * Box average of an interleaved 8-bit picture down to luma (BT.601) with its long side at most `LUMA_SIDE`.
 * Integers only: every machine gets the same bytes, whatever its vector unit.
 */
export function lumaOf(pixels: Uint8Array, width: number, height: number, channels: number): Plane {
  const step = Math.max(1, Math.ceil(Math.max(width, height) / LUMA_SIDE))
  const outWidth = Math.ceil(width / step)
  const outHeight = Math.ceil(height / step)
  const data = new Uint8Array(outWidth * outHeight)
  const sums = new Float64Array(outWidth)
  for (let outY = 0; outY < outHeight; outY++) {
    sums.fill(0)
    const firstY = outY * step
    const lastY = Math.min(height, firstY + step)
    for (let y = firstY; y < lastY; y++) addRow(pixels, y * width * channels, width, channels, step, sums)
    for (let outX = 0; outX < outWidth; outX++) {
      const area = (lastY - firstY) * (Math.min(width, (outX + 1) * step) - outX * step)
      data[outY * outWidth + outX] = Math.floor((sums[outX]! / 256 + area / 2) / area)
    }
  }
  return { width: outWidth, height: outHeight, data }
}

function addRow(pixels: Uint8Array, start: number, width: number, channels: number, step: number, sums: Float64Array) {
  let at = start
  for (let outX = 0, x = 0; x < width; outX++) {
    const end = Math.min(width, x + step)
    let sum = 0
    if (channels < 3) {
      for (; x < end; x++, at += channels) sum += pixels[at]! * 256
    } else {
      for (; x < end; x++, at += channels) sum += pixels[at]! * 77 + pixels[at + 1]! * 150 + pixels[at + 2]! * 29
    }
    sums[outX]! += sum
  }
}
