import type { Address, Hex } from 'viem'

/** A log with the proof that it is in the chain. */
export type ReceiptEvent = {
  name: string
  address: Address
  topics: readonly Hex[]
  data: Hex
  blockNumber: string
  transactionHash: Hex
  /** Position of its transaction in the block, and of the log in the transaction. */
  transactionIndex: number
  position: number
  /** Trie nodes from the header's `receiptsRoot` to the transaction's receipt. */
  proof: readonly Hex[]
}

/** A run the contribution served in. */
export type ReceiptRun = {
  runId: Hex
  opened: ReceiptEvent
  anchored: ReceiptEvent
  /** Attribution score and share of this contribution, as the run's scores say; null where they could not be fetched. */
  score: string | null
  contributionShare: string | null
  /** The contributor's leaf in the attribution tree; null where it has none. */
  leaf: { index: string; share: string; path: readonly Hex[] } | null
  payments: readonly ReceiptEvent[]
}

/**
 * The checkable chain from a file to its payments: plain JSON, to be kept, sent, and checked anywhere with
 * `checkReceipt`.
 */
export type Receipt = {
  type: 'datanets-receipt/1'
  chainId: number
  contracts: { datanets: Address; modelFactory: Address }
  /** Text form, such as 3-12-7. */
  contribution: string
  contributor: Address
  /** Where it stands, see `ContributionStatus`. */
  status: string
  /** The manifest block as text. */
  manifest: string
  /** What the leaf commits to, with its path to the submission's root. */
  item: {
    index: string
    contentHash: Hex
    size: string
    format: string
    manifestDigest: Hex
    root: Hex
    /** sha-256 digest in the CID of the manifest list. */
    manifests: Hex
    path: readonly Hex[]
  }
  /** All submissions of the lot, and which of them it is of. */
  submissions: readonly { entry: Hex; content: Hex }[]
  submission: number
  /** Every vote with the digest of its report, by seat. */
  votes: readonly {
    seat: number
    validatorId: number
    vote: 'accept' | 'reject' | 'abstain'
    report: Hex
    reportCid: string
  }[]
  /** What happened on chain, in order: creation of the Datanet, entry, closing, votes, result, accrual, claims. */
  events: readonly ReceiptEvent[]
  runs: readonly ReceiptRun[]
}
