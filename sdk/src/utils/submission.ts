import { type Address, getAddress, type Hex } from 'viem'
import { EmptyFileError, NoFilesError } from '../errors/submission.ts'
import { UnknownFormatError } from '../errors/values.ts'
import type { Contribution, Format } from '../types/protocol.ts'
import { formatOfName, formatsWord } from './formats.ts'
import { createManifest, decodeManifest, encodeManifest, type Manifest } from './manifest.ts'
import { encodeManifestList, toContributions, toManifestList } from './manifestList.ts'
import { treeOf } from './tree.ts'

/** A file to submit. */
export type SubmissionFile = {
  name: string
  bytes: Uint8Array
  /** By the name's extension unless given. */
  format?: Format | undefined
  /** Shown beside the contribution; the name unless given. */
  title?: string | undefined
  licence?: string | undefined
}

/** One file, packed. */
export type PackedItem = {
  name: string
  bytes: Uint8Array
  manifest: Manifest
  /** The manifest as dag-json. */
  manifestBlock: Uint8Array
  contribution: Contribution
}

/** All that a submission enters and publishes. */
export type PackedSubmission = {
  chainId: number
  /** Address of `Datanets`. */
  contracts: Address
  datanetId: bigint
  contributor: Address
  root: Hex
  count: number
  totalBytes: number
  /** Bitmap of the formats used. */
  formats: number
  /** sha-256 digest in the CID of the manifest list. */
  manifests: Hex
  /** The manifest list as dag-json. */
  manifestsBlock: Uint8Array
  items: PackedItem[]
}

export type PackSubmissionParameters = {
  chainId: number
  contracts: Address
  datanetId: bigint
  contributor: Address
  files: readonly SubmissionFile[]
  createdAt: Date
}

/** Hashes files and builds manifests, list and tree. Nothing leaves the machine. */
export async function packSubmission(parameters: PackSubmissionParameters): Promise<PackedSubmission> {
  const { chainId, contracts, contributor, createdAt, datanetId, files } = parameters
  const items: Omit<PackedItem, 'contribution'>[] = []
  for (const file of files) {
    if (file.bytes.length === 0) throw new EmptyFileError({ name: file.name })
    const format = file.format ?? formatOfName(file.name)
    if (!format) throw new UnknownFormatError({ value: file.name })
    const manifest = await createManifest({
      chainId,
      contracts,
      datanetId,
      contributor,
      format,
      bytes: file.bytes,
      title: (file.title ?? file.name).slice(0, 200),
      licence: file.licence,
      createdAt,
    })
    items.push({ name: file.name, bytes: file.bytes, manifest, manifestBlock: encodeManifest(manifest).bytes })
  }
  return assemble({ chainId, contracts: getAddress(contracts), datanetId, contributor: getAddress(contributor) }, items)
}

/** Rebuilds a packed submission from its files and manifest blocks, such as a journal keeps. */
export function unpackSubmission(
  head: Pick<PackedSubmission, 'chainId' | 'contracts' | 'datanetId' | 'contributor'>,
  items: readonly Pick<PackedItem, 'name' | 'bytes' | 'manifestBlock'>[],
): PackedSubmission {
  return assemble(
    head,
    items.map((item) => ({ ...item, manifest: decodeManifest(item.manifestBlock) })),
  )
}

function assemble(
  head: Pick<PackedSubmission, 'chainId' | 'contracts' | 'datanetId' | 'contributor'>,
  items: readonly Omit<PackedItem, 'contribution'>[],
): PackedSubmission {
  if (items.length === 0) throw new NoFilesError()
  const list = toManifestList(items.map(({ manifest }) => manifest))
  const contributions = toContributions(list)
  const { bytes, digest } = encodeManifestList(list)
  return {
    ...head,
    root: treeOf(contributions).root,
    count: items.length,
    totalBytes: items.reduce((sum, { manifest }) => sum + manifest.size, 0),
    formats: formatsWord(items.map(({ manifest }) => manifest.format)),
    manifests: digest,
    manifestsBlock: bytes,
    items: items.map((item, index) => ({ ...item, contribution: contributions[index]! })),
  }
}
