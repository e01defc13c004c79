import { StandardMerkleTree } from '@openzeppelin/merkle-tree'
import { expect } from 'chai'
import * as fc from 'fast-check'
import { type Hex, toHex } from 'viem'
import { EmptyTreeError } from '../errors/values.ts'
import { shareLeafOf, shareTreeOf, treeOf, verifyContribution, verifyShare } from './tree.ts'

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => toHex(bytes))
const address = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => toHex(bytes))

describe('trees', () => {
  it("are those of OpenZeppelin's own package, root and every proof", () => {
    const file = fc.record({
      contentHash: hash,
      size: fc.bigInt(1n, 2n ** 24n),
      format: fc.bigInt(0n, 11n),
      manifestDigest: hash,
    })
    fc.assert(
      fc.property(fc.array(file, { minLength: 1, maxLength: 40 }), (files) => {
        const contributions = files.map((fields, index) => ({ index: BigInt(index), ...fields }))
        const theirs = StandardMerkleTree.of(
          contributions.map((c) => [c.index, c.contentHash, c.size, c.format, c.manifestDigest]),
          ['uint256', 'bytes32', 'uint256', 'uint256', 'bytes32'],
        )
        const ours = treeOf(contributions)
        expect(ours.root).to.equal(theirs.root)
        for (const [index, contribution] of contributions.entries()) {
          expect(ours.proofOf(index)).to.deep.equal(theirs.getProof(index))
          expect(verifyContribution(ours.root, contribution, ours.proofOf(index))).to.equal(true)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('of shares too', () => {
    const part = fc.record({ account: address, share: fc.bigInt(0n, 10n ** 9n) })
    fc.assert(
      fc.property(hash, fc.array(part, { minLength: 1, maxLength: 20 }), (runId, parts) => {
        const shares = parts.map(({ account, share }, index) => ({ runId, index: BigInt(index), account, share }))
        const theirs = StandardMerkleTree.of(
          shares.map((s) => [s.runId, s.index, s.account, s.share]),
          ['bytes32', 'uint256', 'address', 'uint256'],
        )
        const ours = shareTreeOf(shares)
        expect(ours.root).to.equal(theirs.root)
        expect(ours.leaves).to.deep.equal(shares.map(shareLeafOf))
        const [first] = shares
        expect(verifyShare(ours.root, first!, ours.proofOf(0))).to.equal(true)
        expect(verifyShare(ours.root, { ...first!, share: first!.share + 1n }, ours.proofOf(0))).to.equal(false)
      }),
      { numRuns: 30 },
    )
  })

  it('take no inner node for a leaf', () => {
    const contributions = [0n, 1n, 2n].map((index) => ({
      index,
      contentHash: `0x${'11'.repeat(32)}` as Hex,
      size: 1n,
      format: 1n,
      manifestDigest: `0x${'22'.repeat(32)}` as Hex,
    }))
    const { leaves, proofOf, root } = treeOf(contributions)
    expect(leaves).to.not.include(root)
    expect(verifyContribution(root, contributions[0]!, proofOf(0).slice(1))).to.equal(false)
  })

  it('error: EmptyTreeError', () => {
    expect(() => treeOf([])).to.throw(EmptyTreeError)
  })
})
