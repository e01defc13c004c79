import { type Client, concat, fromRlp, type Hex, hexToBigInt, hexToNumber, type Log, numberToHex, toRlp } from 'viem'
import { getBlock } from 'viem/actions'
import type { ReceiptEvent } from '../../types/receipt.ts'
import { createIndexTrie, encodeReceipt, type IndexTrie } from '../../utils/trie.ts'
import { mapLimited } from './read.ts'

type RawReceipt = {
  type?: Hex
  status: Hex
  cumulativeGasUsed: Hex
  logsBloom: Hex
  logs: { address: Hex; topics: Hex[]; data: Hex; logIndex: Hex }[]
  depositNonce?: Hex
  depositReceiptVersion?: Hex
}

type ProvenBlock = { trie: IndexTrie | undefined; receipts: RawReceipt[] }

/** Proves logs by their blocks' receipts, each block read once. */
export function createProver(client: Client) {
  const blocks = new Map<bigint, Promise<ProvenBlock>>()
  return async (name: string, log: Log<bigint, number, false>): Promise<ReceiptEvent> => {
    const { address, blockNumber, data, logIndex, topics, transactionHash, transactionIndex } = log
    if (!blocks.has(blockNumber)) blocks.set(blockNumber, readBlock(client, blockNumber))
    const { receipts, trie } = await blocks.get(blockNumber)!
    const position = receipts[transactionIndex]!.logs.findIndex((own) => hexToNumber(own.logIndex) === logIndex)
    return {
      name,
      address,
      topics: [...topics],
      data,
      blockNumber: blockNumber.toString(),
      transactionHash,
      transactionIndex,
      position,
      proof: trie?.proofOf(transactionIndex) ?? [],
    }
  }
}

async function readBlock(client: Client, blockNumber: bigint): Promise<ProvenBlock> {
  const { receiptsRoot, transactions } = await getBlock(client, { blockNumber })
  const request = client.request as (args: { method: string; params: unknown[] }) => Promise<RawReceipt>
  const receipts = await mapLimited(transactions, (hash) =>
    request({ method: 'eth_getTransactionReceipt', params: [hash] }),
  )
  const trie = createIndexTrie(receipts.map(encode))
  // Chains with receipts of a shape of their own cannot be proven this way; their nodes have to be asked.
  return { receipts, trie: trie.root === receiptsRoot ? trie : undefined }
}

function encode(receipt: RawReceipt): Hex {
  const { cumulativeGasUsed, depositNonce, depositReceiptVersion, logs, logsBloom, status } = receipt
  const type = receipt.type ? hexToNumber(receipt.type) : 0
  const plain = encodeReceipt({
    type,
    succeeded: hexToBigInt(status) === 1n,
    cumulativeGasUsed: hexToBigInt(cumulativeGasUsed),
    logsBloom,
    logs,
  })
  if (depositNonce === undefined) return plain
  // Deposits of the OP stack carry two more fields.
  const fields = fromRlp(`0x${plain.slice(4)}`, 'hex') as Hex[]
  const extra = [depositNonce, depositReceiptVersion].flatMap((field) => (field === undefined ? [] : [minimal(field)]))
  return concat([numberToHex(type, { size: 1 }), toRlp([...fields, ...extra])])
}

function minimal(quantity: Hex): Hex {
  const value = hexToBigInt(quantity)
  return value === 0n ? '0x' : numberToHex(value)
}
