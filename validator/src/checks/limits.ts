/** Hard bounds on what one file may cost to decode. */
export interface DecodeLimits {
  /** Width × height × frames. */
  pixels: number
  /** Frames × channels of sound. */
  samples: number
  pages: number
  /** Characters of extracted text. */
  characters: number
  /** Entries of a docx container. */
  entries: number
  /** Bytes of all entries of a container together, once expanded. */
  expandedBytes: number
  /** Expanded bytes over packed bytes of a container. */
  expansionRatio: number
  /** Depth of elements in a container's XML. */
  nesting: number
}

export const DEFAULT_DECODE_LIMITS: DecodeLimits = {
  pixels: 64_000_000,
  samples: 100_000_000,
  pages: 500,
  characters: 12_000_000,
  entries: 2_000,
  expandedBytes: 100_000_000,
  expansionRatio: 100,
  nesting: 200,
}
