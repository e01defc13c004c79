import type { Address, Hex } from 'viem'
import type { Votes } from '../types/protocol.ts'

/** Where a signature counts: on one chain, for one contract. */
export type SigningDomain = { chainId: number; verifyingContract: Address }

/**
 * What a validator signs for a lot.
 *
 * @param digest - The lot's digest; in an appeal, the appeal's.
 */
export function lotAttestationTypedData({
  accepted,
  digest,
  rejected,
  report,
  ...domain
}: SigningDomain & Votes & { digest: Hex }) {
  return {
    domain: { name: 'Datanets', version: '1', ...domain },
    types: {
      LotAttestation: [
        { name: 'lot', type: 'bytes32' },
        { name: 'accepted', type: 'uint256' },
        { name: 'rejected', type: 'uint256' },
        { name: 'report', type: 'bytes32' },
      ],
    },
    primaryType: 'LotAttestation',
    message: { lot: digest, accepted, rejected, report },
  } as const
}

/** What a contributor signs so that another can enter the submission and pay the gas. */
export type SubmitAuthorization = {
  contributor: Address
  datanetId: bigint
  root: Hex
  count: bigint
  totalBytes: bigint
  formats: bigint
  manifests: Hex
  /** Any number not used before; they need no order. */
  nonce: bigint
  /** Seconds since 1970 after which it is void. */
  deadline: bigint
}

export function submitTypedData({ chainId, verifyingContract, ...message }: SigningDomain & SubmitAuthorization) {
  return {
    domain: { name: 'Datanets', version: '1', chainId, verifyingContract },
    types: {
      Submit: [
        { name: 'contributor', type: 'address' },
        { name: 'datanetId', type: 'uint256' },
        { name: 'root', type: 'bytes32' },
        { name: 'count', type: 'uint256' },
        { name: 'totalBytes', type: 'uint256' },
        { name: 'formats', type: 'uint256' },
        { name: 'manifests', type: 'bytes32' },
        { name: 'nonce', type: 'uint256' },
        { name: 'deadline', type: 'uint256' },
      ],
    },
    primaryType: 'Submit',
    message,
  } as const
}

/** What a signing key signs to consent to serve a validator's account. The contract is `Validators`. */
export function signingKeyTypedData({ account, ...domain }: SigningDomain & { account: Address }) {
  return {
    domain: { name: 'Validators', version: '1', ...domain },
    types: { SigningKey: [{ name: 'account', type: 'address' }] },
    primaryType: 'SigningKey',
    message: { account },
  } as const
}

/** What a validator signs for a run's result. The contract is `ModelFactory`. */
export function runAttestationTypedData({
  resultHash,
  runId,
  ...domain
}: SigningDomain & { runId: Hex; resultHash: Hex }) {
  return {
    domain: { name: 'ModelFactory', version: '1', ...domain },
    types: {
      RunAttestation: [
        { name: 'runId', type: 'bytes32' },
        { name: 'resultHash', type: 'bytes32' },
      ],
    },
    primaryType: 'RunAttestation',
    message: { runId, resultHash },
  } as const
}

/** What a validator signs against a run's result, with the digest of its reasons. */
export function runRefusalTypedData({
  report,
  resultHash,
  runId,
  ...domain
}: SigningDomain & { runId: Hex; resultHash: Hex; report: Hex }) {
  return {
    domain: { name: 'ModelFactory', version: '1', ...domain },
    types: {
      RunRefusal: [
        { name: 'runId', type: 'bytes32' },
        { name: 'resultHash', type: 'bytes32' },
        { name: 'report', type: 'bytes32' },
      ],
    },
    primaryType: 'RunRefusal',
    message: { runId, resultHash, report },
  } as const
}

/** What a payer signs: the total it owes for a run so far. Each new voucher replaces all before it. */
export function voucherTypedData({
  deadline,
  payer,
  runId,
  total,
  ...domain
}: SigningDomain & { runId: Hex; payer: Address; total: bigint; deadline: bigint }) {
  return {
    domain: { name: 'ModelFactory', version: '1', ...domain },
    types: {
      Voucher: [
        { name: 'runId', type: 'bytes32' },
        { name: 'payer', type: 'address' },
        { name: 'total', type: 'uint256' },
        { name: 'deadline', type: 'uint256' },
      ],
    },
    primaryType: 'Voucher',
    message: { runId, payer, total, deadline },
  } as const
}
