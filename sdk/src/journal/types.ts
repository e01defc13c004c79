import type { Address, Hex } from 'viem'

/** What must survive a crash between packing a submission and publishing its files. */
export type SubmissionRecord = {
  /** The submission's root: the same files of the same contributor at the same time have one record. */
  id: Hex
  chainId: number
  contracts: Address
  datanetId: bigint
  contributor: Address
  manifests: Hex
  items: { name: string; bytes: Uint8Array; manifestBlock: Uint8Array }[]
  /** What the Datanet's gate asked for. */
  admission: Hex
  /** Block before sending: its event cannot be older. */
  block: bigint
  /** Present once it was signed or sent; `raw` where we signed it ourselves, so that it can be sent again unchanged. */
  transaction?: { hash: Hex; raw?: Hex | undefined } | undefined
}

/** Keeps submissions from before they are sent until their files are published. */
export type SubmissionJournal = {
  /** Writes a record, or replaces the one with its id. Resolves when it is safe. */
  put: (record: SubmissionRecord) => Promise<void>
  list: () => Promise<SubmissionRecord[]>
  delete: (id: Hex) => Promise<void>
}
