import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  chainDigest,
  contentOf,
  countAccepts,
  createManifest,
  encodeManifest,
  encodeManifestList,
  fromLotId,
  hashLot,
  informationScore,
  itemsMask,
  lotAttestationTypedData,
  type Manifest,
  packEntry,
  packSeats,
  runAttestationTypedData,
  runRefusalTypedData,
  shareTreeOf,
  signingKeyTypedData,
  splitFee,
  submitTypedData,
  tally,
  toCompactSignature,
  toContributions,
  toLotId,
  toManifestList,
  toShares,
  treeOf,
  unpackEntry,
  voucherTypedData,
} from '@datanets/sdk/utils'
import { getAddress, type Hex, hashTypedData, keccak256, numberToHex, stringToBytes, stringToHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

// Golden vectors: made once by TypeScript, read by Solidity and TypeScript tests alike. Flat on purpose: a Solidity test
// reads one field of one object at a time. Words are 0x strings, so that no reader rounds them.

const out = join(import.meta.dirname, '..', 'test', 'vectors')
const domain = { chainId: 31337, verifyingContract: getAddress('0xda7a0000000000000000000000000000000000a1') }

/** Words from a seed: the same everywhere, and nobody can have chosen them. */
function randomWords(seed: string): () => bigint {
  let state = keccak256(stringToHex(seed))
  return () => {
    state = keccak256(state)
    return BigInt(state)
  }
}

const word = (value: bigint | number): Hex => numberToHex(value, { size: 32 })
const addressOf = (value: bigint): Hex => getAddress(numberToHex(value & ((1n << 160n) - 1n), { size: 20 }))

async function leaves() {
  const formats = ['md', 'txt', 'pdf', 'docx', 'png', 'jpg', 'webp', 'tiff', 'bmp', 'wav', 'mp3', 'flac'] as const
  const contributor = addressOf(0xa11cen)
  const manifests: Manifest[] = []
  for (const [index, format] of formats.entries())
    manifests.push(
      await createManifest({
        chainId: domain.chainId,
        contracts: domain.verifyingContract,
        datanetId: 3n,
        contributor,
        format,
        bytes: stringToBytes(`file ${index} of the vectors\n`.repeat(index + 1)),
        title: `Vector ${index} (${format})`,
        licence: 'CC-BY-4.0',
        createdAt: new Date(Date.UTC(2026, 10, 1, 0, 0, index)),
      }),
    )
  // Trees of one, two, three, seven and twelve leaves.
  return [1, 2, 3, 7, 12].flatMap((count) => {
    const list = toManifestList(manifests.slice(0, count))
    const contributions = toContributions(list)
    const tree = treeOf(contributions)
    const block = encodeManifestList(list)
    return contributions.map((contribution, index) => ({
      count: word(count),
      index: word(contribution.index),
      payloadCid: list[index]!.payload.toString(),
      manifest: new TextDecoder().decode(encodeManifest(manifests[index]!).bytes),
      manifestCid: list[index]!.manifest.toString(),
      contentHash: contribution.contentHash,
      size: word(contribution.size),
      format: word(contribution.format),
      manifestDigest: contribution.manifestDigest,
      leaf: tree.leaves[index]!,
      path: tree.proofOf(index),
      root: tree.root,
      manifests: block.digest,
      manifestsCid: block.cid.toString(),
      content: contentOf(tree.root, block.digest),
    }))
  })
}

function entries() {
  const next = randomWords('entries')
  const edges = [
    { first: 0, count: 1, totalBytes: 1, formats: 1, enteredBlock: 0n },
    { first: 0, count: 256, totalBytes: 0xffffff, formats: 0xfff, enteredBlock: (1n << 40n) - 1n },
    { first: 255, count: 1, totalBytes: 10_000_000, formats: 0xe00, enteredBlock: 1n },
  ]
  const random = Array.from({ length: 13 }, () => {
    const first = Number(next() % 256n)
    return {
      first,
      count: 1 + Number(next() % BigInt(256 - first)),
      totalBytes: Number(next() % (1n << 24n)),
      formats: Number(next() % (1n << 12n)),
      enteredBlock: next() % (1n << 40n),
    }
  })
  return [...edges, ...random].map((fields) => {
    const contributor = addressOf(next())
    const entry = packEntry({ contributor, ...fields })
    if (unpackEntry(entry).contributor !== contributor) throw new RangeError('An entry does not unpack to itself.')
    return {
      contributor,
      first: word(fields.first),
      count: word(fields.count),
      totalBytes: word(fields.totalBytes),
      formats: word(fields.formats),
      enteredBlock: word(fields.enteredBlock),
      entry: word(entry),
      items: word(itemsMask(fields.count) << BigInt(fields.first)),
    }
  })
}

function lots() {
  const next = randomWords('lots')
  return [1, 2, 3, 8].map((submissionCount, index) => {
    const id = toLotId({ datanetId: index === 0 ? 1n : next() % (1n << 64n), number: next() % (1n << 32n) })
    let first = 0
    const submissions = Array.from({ length: submissionCount }, () => {
      const count = 1 + Number(next() % 20n)
      const entry = packEntry({
        contributor: addressOf(next()),
        first,
        count,
        totalBytes: 1 + Number(next() % 10_000_000n),
        formats: 1 + Number(next() % 15n),
        enteredBlock: 1n + (next() % 1_000_000n),
      })
      first += count
      return { entry, content: word(next()) }
    })
    const items = itemsMask(first)
    const accepted = next() & items
    const lot = {
      id,
      digest: chainDigest(id, submissions),
      itemCount: BigInt(first),
      seats: packSeats(Array.from({ length: 1 + Number(next() % 15n) }, () => 1 + Number(next() % 65_535n))),
      closedAt: next() % (1n << 40n),
      settledAt: next() % (1n << 40n),
      status: index % 5,
      accepted,
      undecided: next() & items & ~accepted,
      revoked: 0n,
    }
    return {
      datanetId: word(fromLotId(id).datanetId),
      number: word(fromLotId(id).number),
      id: word(id),
      entries: submissions.map(({ entry }) => word(entry)),
      contents: submissions.map(({ content }) => content),
      digest: lot.digest,
      itemCount: word(lot.itemCount),
      seats: word(lot.seats),
      closedAt: word(lot.closedAt),
      settledAt: word(lot.settledAt),
      status: word(lot.status),
      accepted: word(lot.accepted),
      undecided: word(lot.undecided),
      revoked: word(lot.revoked),
      hash: hashLot(lot),
    }
  })
}

async function typedData() {
  const next = randomWords('typed data')
  const key = word(0xda7an)
  const signer = privateKeyToAccount(key)
  const attestation = { digest: word(next()), accepted: next(), report: word(next()) }
  const rejected = next() & ~attestation.accepted
  const lot = lotAttestationTypedData({ ...domain, ...attestation, rejected })
  const submit = {
    contributor: signer.address,
    datanetId: next() % (1n << 64n),
    root: word(next()),
    count: 7n,
    totalBytes: 123_456n,
    formats: 5n,
    manifests: word(next()),
    nonce: next(),
    deadline: next() % (1n << 40n),
  }
  const submission = submitTypedData({ ...domain, ...submit })
  const signingKey = signingKeyTypedData({ ...domain, account: addressOf(next()) })
  const run = { runId: word(next()), resultHash: word(next()) }
  const refusal = { ...run, report: word(next()) }
  const voucher = { runId: run.runId, payer: signer.address, total: next() % 10n ** 24n, deadline: submit.deadline }
  const attested = toCompactSignature(await signer.signTypedData(lot))
  const common = { chainId: word(domain.chainId), verifyingContract: domain.verifyingContract, signer: signer.address }
  return {
    lotAttestation: [
      {
        ...common,
        lot: attestation.digest,
        accepted: word(attestation.accepted),
        rejected: word(rejected),
        report: attestation.report,
        digest: hashTypedData(lot),
        r: attested.r,
        vs: attested.vs,
      },
    ],
    submit: [
      {
        ...common,
        contributor: submit.contributor,
        datanetId: word(submit.datanetId),
        root: submit.root,
        count: word(submit.count),
        totalBytes: word(submit.totalBytes),
        formats: word(submit.formats),
        manifests: submit.manifests,
        nonce: word(submit.nonce),
        deadline: word(submit.deadline),
        digest: hashTypedData(submission),
        signature: await signer.signTypedData(submission),
      },
    ],
    signingKey: [
      {
        ...common,
        account: signingKey.message.account,
        digest: hashTypedData(signingKey),
        signature: await signer.signTypedData(signingKey),
      },
    ],
    run: [
      {
        ...common,
        ...refusal,
        attestationDigest: hashTypedData(runAttestationTypedData({ ...domain, ...run })),
        refusalDigest: hashTypedData(runRefusalTypedData({ ...domain, ...refusal })),
        payer: voucher.payer,
        total: word(voucher.total),
        deadline: word(voucher.deadline),
        voucherDigest: hashTypedData(voucherTypedData({ ...domain, ...voucher })),
      },
    ],
  }
}

function tallies() {
  const next = randomWords('tallies')
  const cases: object[] = []
  const habits = ['random', 'accept-all', 'agree'] as const
  for (let seats = 1; seats <= 15; seats++)
    for (const itemCount of [seats % 3 === 0 ? 1 : 2 + Number(next() % 254n), 256])
      for (const [position, habit] of habits.entries()) {
        const acceptBps = [5_001, 6_667, 10_000][(position + seats) % 3]!
        const items = itemsMask(itemCount)
        const truth = next() & items
        const attestations = Array.from({ length: seats }, (_, seat) => {
          const noise = next() & next() & next()
          const voted = habit === 'random' ? next() & items : habit === 'agree' ? (truth ^ noise) & items : items
          const accepted = habit === 'accept-all' && seat % 2 === 1 ? truth : voted
          return { accepted, rejected: items & ~accepted & (next() | next()) }
        })
        const fee = next() % 10n ** 21n
        const counter = countAccepts(attestations)
        const result = tally({ attestations, itemCount, acceptBps })
        const { paid, pay } = splitFee({ attestations, itemCount, fee })
        cases.push({
          seats: word(seats),
          itemCount: word(itemCount),
          acceptBps: word(acceptBps),
          fee: word(fee),
          accepts: attestations.map(({ accepted }) => word(accepted)),
          rejects: attestations.map(({ rejected }) => word(rejected)),
          accepted: word(result.accepted),
          rejected: word(result.rejected),
          undecided: word(result.undecided),
          scores: attestations.map(({ accepted }) =>
            word(informationScore({ counter, accepts: accepted, attestations: seats, itemCount })),
          ),
          pay: pay.map(word),
          paid: word(paid),
        })
      }
  return cases
}

function shares() {
  const next = randomWords('shares')
  const decimal = () => `${next() % 3n === 0n ? '-' : ''}${next() % 5n}.${next() % 10n ** 12n}`
  const scores = [
    ['1', '1', '1'],
    ['1', '2', '4'],
    ['-1', '0', '-0.5'],
    ['0.000001', '3e-7', '2.5e2'],
    ...[1, 5, 20, 100].map((count) => Array.from({ length: count }, decimal)),
  ]
  return scores.map((list) => {
    const runId = word(next())
    const parts = toShares(list)
    const tree = shareTreeOf(
      parts.map((share, index) => ({ runId, index: BigInt(index), account: addressOf(BigInt(index) + 1n), share })),
    )
    return {
      runId,
      scores: list,
      accounts: parts.map((_, index) => addressOf(BigInt(index) + 1n)),
      shares: parts.map(word),
      leaves: tree.leaves,
      root: tree.root,
      lastPath: tree.proofOf(parts.length - 1),
    }
  })
}

/** JSON with one object of an array per line: short, and a change is a readable diff. */
function lines(value: unknown): string {
  if (Array.isArray(value)) return `[\n${value.map((item) => JSON.stringify(item)).join(',\n')}\n]\n`
  return `${JSON.stringify(value, null, 1)}\n`
}

/** All vectors by file name. */
export async function vectors(): Promise<Record<string, unknown>> {
  return {
    leaves: await leaves(),
    entries: entries(),
    lots: lots(),
    typedData: await typedData(),
    tallies: tallies(),
    shares: shares(),
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  mkdirSync(out, { recursive: true })
  for (const [name, value] of Object.entries(await vectors())) writeFileSync(join(out, `${name}.json`), lines(value))
}
