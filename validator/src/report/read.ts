import type { ContentStore } from '@datanets/sdk/storage'
import * as dagJson from '@ipld/dag-json'
import type { CID } from 'multiformats'
import type { Report, ReportItem } from './report.ts'

/** Longest report that is read: 256 items with all their reasons stay far below. */
export const MAX_REPORT_BYTES = 4_000_000

/** What could be learned from a report. An outage (`unavailable`) is no statement about it; `unusable` is. */
export interface ReportReading {
  reading: 'read' | 'unavailable' | 'unusable'
  item?: ReportItem
  why?: string
}

/** Reads what a report says about one item. Reports come from strangers: nothing of their shape is trusted. */
export async function readReport(
  store: ContentStore,
  cid: CID,
  index: number,
  signal?: AbortSignal,
): Promise<ReportReading> {
  let bytes: Uint8Array
  try {
    bytes = await store.get(cid, { maxBytes: MAX_REPORT_BYTES, signal })
  } catch (error) {
    return {
      reading: 'unavailable',
      why: `the report could not be fetched: ${(error as Error).message.split('\n', 1)[0]}`,
    }
  }
  try {
    const report = dagJson.decode<Partial<Report>>(bytes)
    const item = report.items?.find((candidate) => candidate.index === index)
    if (!item || !Array.isArray(item.reasons))
      return { reading: 'unusable', why: 'the report says nothing about this item' }
    return { reading: 'read', item }
  } catch (error) {
    return { reading: 'unusable', why: `the report is not dag-json: ${(error as Error).message.split('\n', 1)[0]}` }
  }
}
