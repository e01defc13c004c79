import { fail, pass } from '../result.ts'
import type { Check } from '../types.ts'

const name = 'pixels'

export const pixels: Check = {
  name,
  modality: 'image',
  stage: 'content',
  run(_input, { checks }, { content }) {
    if (content?.modality !== 'image') return pass(name, 'There is no picture.', null, null, 'undetermined')
    const { width, height } = content
    const { minWidth, minHeight, maxPixels } = checks.pixels
    const measured = `${width}x${height}`
    if (width < minWidth || height < minHeight) {
      const message = `${width} × ${height} pixels; the Datanet asks for ${minWidth} × ${minHeight}. Send a larger picture.`
      return fail(name, 'too-small', message, measured, `${minWidth}x${minHeight}`)
    }
    if (width * height > maxPixels) {
      const message = `${width * height} pixels; the Datanet takes ${maxPixels}. Send a smaller picture.`
      return fail(name, 'too-many-pixels', message, width * height, maxPixels)
    }
    return pass(name, `${width} × ${height} pixels.`, measured, `${minWidth}x${minHeight}`)
  },
}
