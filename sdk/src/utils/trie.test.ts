import { expect } from 'chai'
import * as fc from 'fast-check'
import { type Hex, toHex } from 'viem'
import { createIndexTrie, verifyIndexProof } from './trie.ts'

describe('receipt trie', () => {
  it('is the empty trie of every empty block', () => {
    expect(createIndexTrie([]).root).to.equal('0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421')
  })

  it('proves every value, and no other', () => {
    const values = fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { minLength: 1, maxLength: 300 })
    fc.assert(
      fc.property(values, fc.nat(), (bytes, pick) => {
        const list = bytes.map((value) => toHex(value))
        const trie = createIndexTrie(list)
        const index = pick % list.length
        const proof = trie.proofOf(index)
        expect(verifyIndexProof(trie.root, index, proof)).to.equal(list[index])
        expect(verifyIndexProof(trie.root, list.length + 1, trie.proofOf(list.length + 1))).to.equal(undefined)
      }),
      { numRuns: 30 },
    )
  })

  it('proves nothing once any byte of the proof is changed', () => {
    const trie = createIndexTrie(Array.from({ length: 40 }, (_, index) => toHex(`receipt ${index}`.repeat(9))))
    const proof = trie.proofOf(17)
    const value = verifyIndexProof(trie.root, 17, proof)
    for (const [position, block] of proof.entries())
      for (let at = 2; at < block.length; at += 2) {
        const byte = (Number.parseInt(block.slice(at, at + 2), 16) ^ 1).toString(16).padStart(2, '0')
        const changed = `${block.slice(0, at)}${byte}${block.slice(at + 2)}` as Hex
        expect(verifyIndexProof(trie.root, 17, proof.with(position, changed))).to.not.equal(value)
      }
  })
})
