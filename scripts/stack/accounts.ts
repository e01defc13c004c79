import { type HDAccount, mnemonicToAccount } from 'viem/accounts'

/** Hardhat's well-known development mnemonic: its accounts are funded on every local chain and worthless elsewhere. */
const MNEMONIC = 'test test test test test test test test test test test junk'

const at = (addressIndex: number): HDAccount => mnemonicToAccount(MNEMONIC, { addressIndex })

/** Who is who on the local stack. */
export const people = {
  /** Deploys, funds the Datanets and receives the platform's part of fees. */
  operator: at(0),
  validators: [at(1), at(2), at(3)],
  contributors: { Alice: at(4), Bob: at(5) },
  /** Trains models and pays for using them. */
  modelMaker: at(6),
  /** Keys that only sign attestations; they hold nothing. */
  signingKeys: [at(101), at(102), at(103)],
} as const
