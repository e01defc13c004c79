import { CID } from 'multiformats/cid'
import * as Digest from 'multiformats/hashes/digest'
import { bytesToHex, type Hex, hexToBytes, sha256 } from 'viem'
import { UnexpectedCidError } from '../errors/values.ts'

/** Codecs the protocol uses, by their multicodec code. */
export const codecs = { raw: 0x55, 'dag-pb': 0x70, 'dag-json': 0x0129 } as const

export type Codec = keyof typeof codecs

/** Multihash code of sha2-256, the one hash of the protocol. */
export const SHA2_256 = 0x12

/** The CID of one block of these bytes. */
export function cidOfBlock(bytes: Uint8Array, codec: Codec): CID {
  return digestToCid(sha256(bytes), codec)
}

/** The CIDv1 with this sha2-256 digest. */
export function digestToCid(digest: Hex, codec: Codec): CID {
  return CID.createV1(codecs[codec], Digest.create(SHA2_256, hexToBytes(digest, { size: 32 })))
}

/** The sha2-256 digest in a CID: what contracts keep of it. */
export function cidToDigest(cid: CID): Hex {
  if (cid.version !== 1 || cid.multihash.code !== SHA2_256)
    throw new UnexpectedCidError({ cid: cid.toString(), expected: 'a CIDv1 with sha2-256' })
  return bytesToHex(cid.multihash.digest)
}

/** The codec of a CID, undefined when it is none of ours. */
export function codecOf(cid: CID): Codec | undefined {
  return (Object.keys(codecs) as Codec[]).find((name) => codecs[name] === cid.code)
}

/** Reads the text form of a CIDv1 with sha2-256 in one of our codecs. */
export function parseCid(text: string): CID {
  let cid: CID
  try {
    cid = CID.parse(text)
  } catch {
    throw new UnexpectedCidError({ cid: `"${text.slice(0, 120)}"`, expected: 'the text form of a CID' })
  }
  cidToDigest(cid)
  if (!codecOf(cid)) throw new UnexpectedCidError({ cid: text, expected: 'a file (raw or dag-pb) or a dag-json block' })
  return cid
}

/** Whether a block's bytes are those its CID names. */
export function isBlockOf(cid: CID, bytes: Uint8Array): boolean {
  return cid.multihash.code === SHA2_256 && sha256(bytes) === bytesToHex(cid.multihash.digest)
}
