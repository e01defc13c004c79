import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Address, type Hex, hashTypedData, recoverAddress, sha256, stringToBytes } from 'viem'
import { cidToDigest, parseCid } from './cid.ts'
import { itemsOf, packEntry, unpackEntry } from './entry.ts'
import { toLotId } from './ids.ts'
import { chainDigest, contentOf, hashLot } from './lot.ts'
import { decodeManifest, encodeManifest } from './manifest.ts'
import { toShares } from './shares.ts'
import { fromCompactSignature } from './signature.ts'
import { countAccepts, informationScore, splitFee, tally } from './tally.ts'
import { leafOf, shareTreeOf, verifyContribution, verifyShare } from './tree.ts'
import {
  lotAttestationTypedData,
  runAttestationTypedData,
  runRefusalTypedData,
  signingKeyTypedData,
  submitTypedData,
  voucherTypedData,
} from './typedData.ts'

type Field =
  | 'count'
  | 'index'
  | 'contentHash'
  | 'size'
  | 'format'
  | 'manifestDigest'
  | 'leaf'
  | 'root'
  | 'manifests'
  | 'content'
  | 'contributor'
  | 'first'
  | 'totalBytes'
  | 'formats'
  | 'enteredBlock'
  | 'entry'
  | 'items'
  | 'datanetId'
  | 'number'
  | 'id'
  | 'digest'
  | 'itemCount'
  | 'seats'
  | 'closedAt'
  | 'settledAt'
  | 'status'
  | 'accepted'
  | 'undecided'
  | 'revoked'
  | 'rejected'
  | 'hash'
  | 'chainId'
  | 'verifyingContract'
  | 'signer'
  | 'lot'
  | 'report'
  | 'r'
  | 'vs'
  | 'nonce'
  | 'deadline'
  | 'signature'
  | 'account'
  | 'runId'
  | 'resultHash'
  | 'attestationDigest'
  | 'refusalDigest'
  | 'payer'
  | 'total'
  | 'voucherDigest'
  | 'acceptBps'
  | 'fee'
  | 'paid'

type Row = Record<Field, Hex>

// The same files are read by the Solidity tests: what holds here and there is what both sides mean.
function vectors<row = Row>(name: string): row {
  const file = join(import.meta.dirname, '..', '..', '..', 'test', 'vectors', `${name}.json`)
  return JSON.parse(readFileSync(file, 'utf8')) as row
}

const number = (word: Hex) => Number(BigInt(word))

describe('golden vectors', () => {
  it('leaves: manifest, CID, leaf, path, root, content', () => {
    for (const row of vectors<(Row & { path: Hex[]; manifest: string; manifestCid: string })[]>('leaves')) {
      const block = stringToBytes(row.manifest)
      const encoded = encodeManifest(decodeManifest(block))
      expect(encoded.bytes).to.deep.equal(block)
      expect(encoded.cid.toString()).to.equal(row.manifestCid)
      expect(sha256(block))
        .to.equal(row.manifestDigest)
        .and.to.equal(cidToDigest(parseCid(row.manifestCid)))
      const contribution = {
        index: BigInt(row.index),
        contentHash: row.contentHash,
        size: BigInt(row.size),
        format: BigInt(row.format),
        manifestDigest: row.manifestDigest,
      }
      expect(leafOf(contribution)).to.equal(row.leaf)
      expect(verifyContribution(row.root, contribution, row.path)).to.equal(true)
      expect(verifyContribution(row.root, { ...contribution, size: contribution.size + 1n }, row.path)).to.equal(false)
      expect(contentOf(row.root, row.manifests)).to.equal(row.content)
    }
  })

  it('entries: packing and items', () => {
    for (const row of vectors<Row[]>('entries')) {
      const entry = {
        contributor: row.contributor,
        first: number(row.first),
        count: number(row.count),
        totalBytes: number(row.totalBytes),
        formats: number(row.formats),
        enteredBlock: BigInt(row.enteredBlock),
      }
      expect(packEntry(entry)).to.equal(BigInt(row.entry))
      expect(unpackEntry(BigInt(row.entry))).to.deep.equal(entry)
      expect(itemsOf(entry)).to.equal(BigInt(row.items))
    }
  })

  it('lots: chain digest and hash of the state', () => {
    for (const row of vectors<(Row & { entries: Hex[]; contents: Hex[] })[]>('lots')) {
      const id = toLotId({ datanetId: BigInt(row.datanetId), number: BigInt(row.number) })
      expect(id).to.equal(BigInt(row.id))
      const submissions = row.entries.map((entry, index) => ({ entry: BigInt(entry), content: row.contents[index]! }))
      expect(chainDigest(id, submissions)).to.equal(row.digest)
      const words = ['itemCount', 'seats', 'closedAt', 'settledAt', 'accepted', 'undecided', 'revoked'] as const
      const state = Object.fromEntries(words.map((name) => [name, BigInt(row[name]!)])) as Record<
        (typeof words)[number],
        bigint
      >
      expect(hashLot({ id, digest: row.digest, status: number(row.status), ...state })).to.equal(row.hash)
    }
  })

  it('typed data: digests and signatures', async () => {
    const { lotAttestation, run, signingKey, submit } = vectors<Record<string, Row[]>>('typedData')
    const domainOf = (row: Row) => ({
      chainId: number(row.chainId),
      verifyingContract: row.verifyingContract,
    })
    for (const row of lotAttestation!) {
      const { lot: digest, report } = row
      const votes = { accepted: BigInt(row.accepted), rejected: BigInt(row.rejected), report }
      const hash = hashTypedData(lotAttestationTypedData({ ...domainOf(row), digest, ...votes }))
      expect(hash).to.equal(row.digest)
      const signature = fromCompactSignature({ r: row.r, vs: row.vs })
      expect(await recoverAddress({ hash, signature })).to.equal(row.signer)
    }
    for (const row of submit!) {
      const { contributor, manifests, root, signature } = row
      const words = ['datanetId', 'count', 'totalBytes', 'formats', 'nonce', 'deadline'] as const
      const values = Object.fromEntries(words.map((name) => [name, BigInt(row[name]!)])) as Record<
        (typeof words)[number],
        bigint
      >
      const hash = hashTypedData(submitTypedData({ ...domainOf(row), contributor, root, manifests, ...values }))
      expect(hash).to.equal(row.digest)
      expect(await recoverAddress({ hash, signature })).to.equal(row.signer)
    }
    for (const row of signingKey!) {
      const hash = hashTypedData(signingKeyTypedData({ ...domainOf(row), account: row.account }))
      expect(hash).to.equal(row.digest)
      expect(await recoverAddress({ hash, signature: row.signature })).to.equal(row.signer)
    }
    for (const row of run!) {
      const { payer, report, resultHash, runId } = row
      const domain = domainOf(row)
      const voucher = { runId, payer, total: BigInt(row.total), deadline: BigInt(row.deadline) }
      expect(hashTypedData(runAttestationTypedData({ ...domain, runId, resultHash }))).to.equal(row.attestationDigest)
      expect(hashTypedData(runRefusalTypedData({ ...domain, runId, resultHash, report }))).to.equal(row.refusalDigest)
      expect(hashTypedData(voucherTypedData({ ...domain, ...voucher }))).to.equal(row.voucherDigest)
    }
  })

  it('tallies: results, information scores and pay', () => {
    type Tally = Row & { accepts: Hex[]; rejects: Hex[]; scores: Hex[]; pay: Hex[] }
    for (const row of vectors<Tally[]>('tallies')) {
      const attestations = row.accepts.map((accepted, seat) => ({
        accepted: BigInt(accepted),
        rejected: BigInt(row.rejects[seat]!),
      }))
      const itemCount = number(row.itemCount)
      const result = tally({ attestations, itemCount, acceptBps: number(row.acceptBps) })
      expect(result).to.deep.equal({
        accepted: BigInt(row.accepted),
        rejected: BigInt(row.rejected),
        undecided: BigInt(row.undecided),
      })
      const counter = countAccepts(attestations)
      const scores = attestations.map(({ accepted: accepts }) =>
        informationScore({ counter, accepts, attestations: attestations.length, itemCount }),
      )
      expect(scores).to.deep.equal(row.scores.map(BigInt))
      const { paid, pay } = splitFee({ attestations, itemCount, fee: BigInt(row.fee) })
      expect(pay).to.deep.equal(row.pay.map(BigInt))
      expect(paid).to.equal(BigInt(row.paid))
    }
  })

  it('shares: integers from scores, leaves and root', () => {
    type Shares = Row & { scores: string[]; accounts: Address[]; shares: Hex[]; leaves: Hex[]; lastPath: Hex[] }
    for (const row of vectors<Shares[]>('shares')) {
      const shares = toShares(row.scores)
      expect(shares).to.deep.equal(row.shares.map(BigInt))
      const leaves = shares.map((share, index) => ({
        runId: row.runId,
        index: BigInt(index),
        account: row.accounts[index]!,
        share,
      }))
      const tree = shareTreeOf(leaves)
      expect(tree.root).to.equal(row.root)
      expect(tree.leaves).to.deep.equal(row.leaves)
      expect(verifyShare(row.root, leaves.at(-1)!, row.lastPath)).to.equal(true)
    }
  })
})
