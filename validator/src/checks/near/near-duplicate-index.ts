import type { Modality } from '../formats.ts'
import type { NearDuplicateIndex } from '../types.ts'
import { AudioIndex } from './audio-index.ts'
import { ImageIndex } from './image-index.ts'
import { TextIndex } from './text-index.ts'

/** An empty index in memory; rebuild it by adding stored fingerprints in the order of acceptance. `bytes`: of its tables. */
export function nearDuplicateIndex(modality: Modality): NearDuplicateIndex & { readonly bytes: number } {
  switch (modality) {
    case 'text':
      return new TextIndex()
    case 'image':
      return new ImageIndex()
    case 'audio':
      return new AudioIndex()
  }
}
