import { encode } from 'bmp-ts'
import sharp from 'sharp'
import { seeded } from './random.ts'

export interface Picture {
  width: number
  height: number
  /** RGB, row by row. */
  data: Uint8Array
}

type Kind = 'hills' | 'harbour' | 'still-life' | 'street' | 'leaf'
export const PICTURE_KINDS: readonly Kind[] = ['hills', 'harbour', 'still-life', 'street', 'leaf']

/** A drawn scene with grain and soft light over it; the same seed gives the same scene. */
export async function draw(kind: Kind, seed: number, width = 480, height = 320): Promise<Picture> {
  const svg = Buffer.from(scene(kind, seeded(seed), width, height))
  const { data } = await sharp(svg)
    .flatten({ background: '#fff' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width, height, data: textured(data, width, height, seed) }
}

function scene(kind: Kind, random: () => number, width: number, height: number): string {
  const colour = (hue: number, lightness: number) =>
    `hsl(${Math.round(hue % 360)},${35 + Math.round(random() * 40)}%,${Math.round(lightness)}%)`
  const hue = random() * 360
  const parts = [`<rect width="${width}" height="${height}" fill="${colour(hue, 55 + random() * 30)}"/>`]
  const shapes = { hills, harbour, 'still-life': stillLife, street, leaf }[kind]
  parts.push(...shapes({ random, width, height, hue, colour }))
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${parts.join('')}</svg>`
}

interface Brush {
  random: () => number
  width: number
  height: number
  hue: number
  colour: (hue: number, lightness: number) => string
}

function hills({ random, width, height, hue, colour }: Brush): string[] {
  const sun = `<circle cx="${random() * width}" cy="${random() * height * 0.4}" r="${20 + random() * 40}" fill="${colour(45, 75)}"/>`
  const ridges = Array.from({ length: 4 + Math.floor(random() * 4) }, (_, layer, count = 8) => {
    const base = height * (0.3 + 0.1 * layer + random() * 0.08)
    const points = Array.from(
      { length: count + 1 },
      (_, at) => `${(at * width) / count},${base + (random() - 0.5) * height * 0.25}`,
    )
    return `<polygon points="0,${height} ${points.join(' ')} ${width},${height}" fill="${colour(hue + 90 + layer * 15, 55 - layer * 7)}"/>`
  })
  return [sun, ...ridges]
}

function harbour({ random, width, height, hue, colour }: Brush): string[] {
  const line = height * (0.4 + random() * 0.2)
  const water = `<rect y="${line}" width="${width}" height="${height - line}" fill="${colour(200 + random() * 30, 40)}"/>`
  const boats = Array.from({ length: 3 + Math.floor(random() * 6) }, () => {
    const x = random() * width
    const y = line + random() * (height - line) * 0.8
    const size = 20 + random() * 60
    return (
      `<path d="M${x},${y} h${size} l${-size * 0.2},${size * 0.3} h${-size * 0.6} z" fill="${colour(hue + random() * 200, 30)}"/>` +
      `<polygon points="${x + size / 2},${y - size * (0.8 + random())} ${x + size / 2},${y - 4} ${x + size},${y - 4}" fill="${colour(hue + random() * 90, 80)}"/>`
    )
  })
  return [water, ...boats]
}

function stillLife({ random, width, height, hue, colour }: Brush): string[] {
  const table = `<rect y="${height * (0.55 + random() * 0.2)}" width="${width}" height="${height}" fill="${colour(30, 35)}"/>`
  const fruit = Array.from({ length: 4 + Math.floor(random() * 8) }, () => {
    const [x, y] = [random() * width, height * (0.3 + random() * 0.6)]
    const radius = 15 + random() * 65
    return (
      `<ellipse cx="${x}" cy="${y}" rx="${radius}" ry="${radius * (0.6 + random() * 0.5)}" fill="${colour(hue + random() * 180, 30 + random() * 40)}"/>` +
      `<circle cx="${x - radius / 3}" cy="${y - radius / 3}" r="${radius / 6}" fill="white" opacity="0.7"/>`
    )
  })
  return [table, ...fruit]
}

function street({ random, width, height, hue, colour }: Brush): string[] {
  const houses: string[] = []
  for (let x = -20; x < width; ) {
    const span = 40 + random() * 90
    const top = height * (0.1 + random() * 0.5)
    houses.push(
      `<rect x="${x}" y="${top}" width="${span}" height="${height}" fill="${colour(hue + random() * 120, 30 + random() * 40)}"/>`,
    )
    for (let y = top + 12; y < height - 30; y += 28) {
      for (let at = x + 8; at < x + span - 14; at += 24) {
        houses.push(`<rect x="${at}" y="${y}" width="12" height="16" fill="${random() < 0.4 ? '#ffe9a0' : '#223'}"/>`)
      }
    }
    x += span
  }
  return houses
}

function leaf({ random, width, height, hue, colour }: Brush): string[] {
  return Array.from({ length: 6 + Math.floor(random() * 8) }, () => {
    const [x, y] = [random() * width, random() * height]
    const size = 40 + random() * 130
    const turn = random() * 360
    const shape = `M0,0 C${size * 0.3},${-size * 0.5} ${size * 0.9},${-size * 0.4} ${size},0 C${size * 0.9},${size * 0.4} ${size * 0.3},${size * 0.5} 0,0`
    return (
      `<g transform="translate(${x},${y}) rotate(${turn})"><path d="${shape}" fill="${colour(90 + hue / 6, 25 + random() * 35)}"/>` +
      `<path d="M0,0 L${size},0" stroke="#e8f0c0" stroke-width="2"/></g>`
    )
  })
}

/** Light falling off to one side, and the grain of a sensor. */
function textured(pixels: Uint8Array, width: number, height: number, seed: number): Uint8Array {
  const random = seeded(seed + 77)
  const [towardsX, towardsY] = [random() - 0.5, random() - 0.5]
  const out = new Uint8Array(pixels.length)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = 1 + 0.5 * (towardsX * (x / width - 0.5) + towardsY * (y / height - 0.5))
      const grain = (random() - 0.5) * 14
      for (let channel = 0; channel < 3; channel++, at++) {
        out[at] = Math.max(0, Math.min(255, Math.round(pixels[at]! * light + grain)))
      }
    }
  }
  return out
}

export function sharpOf({ data, width, height }: Picture) {
  return sharp(data, { raw: { width, height, channels: 3 } })
}

export function bmpOf({ data, width, height }: Picture): Uint8Array {
  const abgr = Buffer.alloc(width * height * 4, 255)
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) abgr[pixel * 4 + 3 - channel] = data[pixel * 3 + channel]!
  }
  return encode({ data: abgr, width, height, bitPP: 24 } as Parameters<typeof encode>[0]).data
}
