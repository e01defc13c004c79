import { concat, fromRlp, type Hex, hexToBytes, keccak256, size, toHex, toRlp } from 'viem'

// Ethereum's Merkle Patricia trie over a block's receipts: enough of it to prove that a log is under a header's
// receiptsRoot, and to check that proof with nothing but the header.

type Node = Hex | readonly Node[]
type Item = { nibbles: readonly number[]; value: Hex }

/** A trie over values numbered from 0, keyed as receipts are: by the RLP of their position. */
export type IndexTrie = { root: Hex; proofOf: (index: number) => Hex[] }

export function createIndexTrie(values: readonly Hex[]): IndexTrie {
  const items = values.map((value, index) => ({ nibbles: nibblesOf(keyOf(index)), value }))
  const blocks = new Map<Hex, Hex>()
  const rootNode = toRlp(build(items, blocks) as Hex[])
  const root = keccak256(rootNode)
  blocks.set(root, rootNode)
  return {
    root,
    proofOf(index) {
      const proof: Hex[] = []
      walk(root, nibblesOf(keyOf(index)), (hash) => {
        const block = blocks.get(hash)
        if (block) proof.push(block)
        return block
      })
      return proof
    },
  }
}

/** The value that a proof gives for a position under `root`; undefined when it proves nothing. */
export function verifyIndexProof(root: Hex, index: number, proof: readonly Hex[]): Hex | undefined {
  const blocks = new Map(proof.map((block) => [keccak256(block), block]))
  try {
    return walk(root, nibblesOf(keyOf(index)), (hash) => blocks.get(hash))
  } catch {
    // Bytes that are no RLP prove nothing.
    return undefined
  }
}

function keyOf(index: number): Hex {
  return toRlp(index === 0 ? '0x' : toHex(index))
}

function nibblesOf(key: Hex): number[] {
  return [...hexToBytes(key)].flatMap((byte) => [byte >> 4, byte & 15])
}

function build(items: readonly Item[], blocks: Map<Hex, Hex>): Node {
  if (items.length === 0) return '0x'
  const [first] = items
  if (items.length === 1) return [pathOf(first!.nibbles, true), first!.value]
  const shared = sharedLength(items)
  if (shared > 0) {
    const rest = items.map(({ nibbles, value }) => ({ nibbles: nibbles.slice(shared), value }))
    return [pathOf(first!.nibbles.slice(0, shared), false), reference(build(rest, blocks), blocks)]
  }
  const branch: Node[] = Array.from({ length: 16 }, (_, nibble) => {
    const below = items.filter(({ nibbles }) => nibbles[0] === nibble)
    if (below.length === 0) return '0x'
    const rest = below.map(({ nibbles, value }) => ({ nibbles: nibbles.slice(1), value }))
    return reference(build(rest, blocks), blocks)
  })
  return [...branch, items.find(({ nibbles }) => nibbles.length === 0)?.value ?? '0x']
}

function sharedLength(items: readonly Item[]): number {
  const [first, ...others] = items
  let length = 0
  while (length < first!.nibbles.length && others.every(({ nibbles }) => nibbles[length] === first!.nibbles[length]))
    length++
  return length
}

/** A node of 32 bytes or more is named by its hash; a smaller one stands in its parent. */
function reference(node: Node, blocks: Map<Hex, Hex>): Node {
  const encoded = toRlp(node as Hex[])
  if (size(encoded) < 32) return node
  const hash = keccak256(encoded)
  blocks.set(hash, encoded)
  return hash
}

/** Nibbles with the flag for a leaf and for their parity in front. */
function pathOf(nibbles: readonly number[], isLeaf: boolean): Hex {
  const odd = nibbles.length % 2 === 1
  const flag = (isLeaf ? 2 : 0) + (odd ? 1 : 0)
  const all = odd ? [flag, ...nibbles] : [flag, 0, ...nibbles]
  return `0x${all.map((nibble) => nibble.toString(16)).join('')}`
}

function walk(root: Hex, key: readonly number[], load: (hash: Hex) => Hex | undefined): Hex | undefined {
  let node: Node | undefined = decode(load(root))
  let rest = key
  while (node !== undefined) {
    if (typeof node === 'string') {
      if (size(node) !== 32) return undefined
      node = decode(load(node))
      continue
    }
    if (node.length === 17) {
      if (rest.length === 0) return nonEmpty(node[16])
      node = node[rest[0]!]
      rest = rest.slice(1)
      continue
    }
    const path: number[] = nibblesOf(node[0] as Hex)
    const own = path[0]! & 1 ? path.slice(1) : path.slice(2)
    if (own.some((nibble, index) => nibble !== rest[index])) return undefined
    rest = rest.slice(own.length)
    if (path[0]! & 2) return rest.length === 0 ? nonEmpty(node[1]) : undefined
    node = node[1]
  }
  return undefined
}

function decode(block: Hex | undefined): Node | undefined {
  return block === undefined ? undefined : (fromRlp(block, 'hex') as Node)
}

function nonEmpty(value: Node | undefined): Hex | undefined {
  return typeof value === 'string' && value !== '0x' ? value : undefined
}

/** What a header commits to of one transaction's outcome. */
export type ReceiptFields = {
  /** 0 for legacy transactions. */
  type: number
  succeeded: boolean
  cumulativeGasUsed: bigint
  logsBloom: Hex
  logs: readonly { address: Hex; topics: readonly Hex[]; data: Hex }[]
}

/** A receipt as the trie holds it. */
export function encodeReceipt({ cumulativeGasUsed, logs, logsBloom, succeeded, type }: ReceiptFields): Hex {
  const body = toRlp([
    succeeded ? '0x01' : '0x',
    cumulativeGasUsed === 0n ? '0x' : toHex(cumulativeGasUsed),
    logsBloom,
    logs.map(({ address, data, topics }) => [address, [...topics], data]),
  ])
  return type === 0 ? body : concat([toHex(type, { size: 1 }), body])
}

/** The logs in a receipt as the trie holds it; undefined when it is none, or of a transaction that failed. */
export function logsInReceipt(encoded: Hex): { address: Hex; topics: Hex[]; data: Hex }[] | undefined {
  const [first] = hexToBytes(encoded)
  const body = first !== undefined && first < 0x80 ? (`0x${encoded.slice(4)}` as Hex) : encoded
  const fields = fromRlp(body, 'hex')
  if (typeof fields === 'string' || fields.length !== 4 || fields[0] !== '0x01') return undefined
  return (fields[3] as [Hex, Hex[], Hex][]).map(([address, topics, data]) => ({ address, topics, data }))
}
