import sharp from 'sharp'
import { draw, PICTURE_KINDS, sharpOf } from '../../scripts/samples/pictures.ts'

export async function drawImage(seed: number): Promise<Buffer> {
  const picture = await draw(PICTURE_KINDS[seed % PICTURE_KINDS.length]!, seed)
  return sharpOf(picture).png({ compressionLevel: 1 }).toBuffer()
}

async function cropped(image: Buffer, left: number, top: number, right: number, bottom: number): Promise<Buffer> {
  const { width, height } = await sharp(image).metadata()
  const [x, y] = [Math.round(width * left), Math.round(height * top)]
  const area = {
    left: x,
    top: y,
    width: Math.round(width * (1 - left - right)),
    height: Math.round(height * (1 - top - bottom)),
  }
  return sharp(image).extract(area).jpeg({ quality: 80 }).toBuffer()
}

/** What a copier does to a picture, by name. */
export const IMAGE_EDITS: Record<string, (image: Buffer, random: () => number) => Promise<Buffer>> = {
  'jpeg-40': (image) => sharp(image).jpeg({ quality: 40 }).toBuffer(),
  'half-size-webp': (image) => sharp(image).resize({ width: 240 }).webp({ quality: 70 }).toBuffer(),
  'double-size': (image) => sharp(image).resize({ width: 960 }).jpeg().toBuffer(),
  'brightness-125%': (image) => sharp(image).modulate({ brightness: 1.25 }).jpeg().toBuffer(),
  'brightness-80%': (image) => sharp(image).modulate({ brightness: 0.8 }).jpeg().toBuffer(),
  mirrored: (image) => sharp(image).flop().jpeg().toBuffer(),
  'crop-5%-a-side': (image) => cropped(image, 0.05, 0.05, 0.05, 0.05),
  'crop-10%-somewhere': (image, random) => {
    const [x, y] = [random() * 0.1, random() * 0.1]
    return cropped(image, x, y, 0.1 - x, 0.1 - y)
  },
  grey: (image) => sharp(image).greyscale().jpeg({ quality: 60 }).toBuffer(),
}
