export {
  type Dataset,
  type DatasetEntry,
  decodeDataset,
  type EncodedDataset,
  encodeDataset,
} from './dataset.ts'
export type { FileLink } from './file-link.ts'
export {
  type AdapterBlock,
  type AttributionBlock,
  decodeAdapterBlock,
  decodeAttributionBlock,
  decodeMetricsBlock,
  encodeAdapterBlock,
  encodeAttributionBlock,
  encodeMetricsBlock,
  type MetricsBlock,
} from './result.ts'
export {
  accountShares,
  type ContributionScore,
  decodeScores,
  decodeShares,
  encodeShares,
  type Scores,
  type ShareEntry,
} from './scores.ts'
