// The protocol deployed on a meter's chain, and the steps its users take.
import {
  encodeAbiParameters,
  type Hash,
  type Hex,
  hexToBigInt,
  keccak256,
  parseEther,
  parseEventLogs,
  zeroAddress,
} from 'viem'
import { privateKeyToAccount, sign } from 'viem/accounts'
import { type Meter, TransactionFailedError } from './meter.ts'

export const REWARD = parseEther('5')
export const LOT_FEE = parseEther('50')
const WINDOW = 3600

export type Submission = { entry: bigint; content: Hex }
export type Lot = {
  id: bigint
  digest: Hex
  itemCount: bigint
  seats: bigint
  closedAt: bigint
  settledAt: bigint
  status: number
  accepted: bigint
  undecided: bigint
  revoked: bigint
}
export type Wallet = Meter['wallets'][number]
export type Protocol = Awaited<ReturnType<typeof createProtocol>>

const keyOf = (validatorId: bigint) => keccak256(`0x${(0xda7a00n + validatorId).toString(16).padStart(64, '0')}`)
/** A word without the zero bytes that would make calldata cheaper than it is. */
const word = (label: string, n: number) => keccak256(`0x${Buffer.from(`${label}${n}`).toString('hex')}`)

export async function createProtocol(meter: Meter, validatorCount: number) {
  const { viem, publicClient, wallets, receiptOf, helpers } = meter
  const deployer = wallets[0] as Wallet
  const open = await viem.deployContract('OpenToken', [deployer.account.address])
  const datanets = await viem.deployContract('Datanets', [open.address])
  const validators = await viem.getContractAt('Validators', await datanets.read.VALIDATORS())
  await open.write.approve([datanets.address, 2n ** 255n])
  let salt = 0

  for (let id = 1n; id <= BigInt(validatorCount); id++) {
    const wallet = wallets[wallets.length - Number(id)] as Wallet
    const key = privateKeyToAccount(keyOf(id))
    await open.write.transfer([wallet.account.address, parseEther('1000')])
    await open.write.approve([validators.address, parseEther('1000')], { account: wallet.account })
    const proof = await key.sign({ hash: await validators.read.hashSigningKey([wallet.account.address]) })
    await validators.write.register([key.address, proof, 1n], { account: wallet.account })
  }

  async function createDatanet(seatCount: number, quorum = seatCount): Promise<bigint> {
    const terms = {
      rewardPerFile: REWARD,
      lotFee: LOT_FEE,
      lotWindow: WINDOW,
      formats: 0x00f,
      fileCap: 1_000_000,
      dailyKilobytes: 10_000,
      gated: false,
      voteWindow: WINDOW,
      challengeWindow: WINDOW,
      seatCount,
      quorum,
      acceptBps: 6667,
      appealBondFees: 2,
      admission: zeroAddress,
    }
    await datanets.write.createDatanet([terms, word('rules', ++salt)])
    const id = await datanets.read.datanetCount()
    await datanets.write.fund([id, parseEther('1000000')])
    return id
  }

  /** Sends a submission of `count` files of about 200 kB each; `entered` keeps what closing passes back. */
  async function submit(wallet: Wallet, datanetId: bigint, count: number, entered: Submission[]): Promise<Hash> {
    const root = word('root', ++salt)
    const manifests = word('manifests', salt)
    const hash = await datanets.write.submit(
      [datanetId, root, BigInt(count), BigInt(count) * 199_999n, 0x5n, manifests, '0x'],
      { account: wallet.account },
    )
    const receipt = await receiptOf('submit', hash)
    const [log] = parseEventLogs({ abi: datanets.abi, logs: receipt.logs, eventName: 'Submitted' })
    const content = keccak256(encodeAbiParameters([{ type: 'bytes32' }, { type: 'bytes32' }], [root, manifests]))
    if (!log) throw new TransactionFailedError('submit', hash)
    entered.push({ entry: log.args.entry, content })
    return hash
  }

  async function lotClosed(hash: Hash): Promise<Lot> {
    const receipt = await receiptOf('closeLot', hash)
    const [log] = parseEventLogs({ abi: datanets.abi, logs: receipt.logs, eventName: 'LotClosed' })
    if (!log) throw new TransactionFailedError('event expected', hash)
    const { lot, digest, itemCount, seats, closedAt } = log.args
    return {
      id: lot,
      digest,
      itemCount,
      seats,
      closedAt,
      settledAt: 0n,
      status: 0,
      accepted: 0n,
      undecided: 0n,
      revoked: 0n,
    }
  }

  async function lotSettled(lot: Lot, hash: Hash): Promise<Lot> {
    const receipt = await receiptOf('settle', hash)
    const [log] = parseEventLogs({ abi: datanets.abi, logs: receipt.logs, eventName: 'LotSettled' })
    if (!log) throw new TransactionFailedError('event expected', hash)
    const { accepted, undecided, settledAt } = log.args
    return { ...lot, status: 1, accepted, undecided, settledAt }
  }

  /** Every seat's attestation. Votes are busy words: all but about one item in eight accepted, dissent in some seats. */
  async function attestations(lot: Lot, votes: (seat: number) => bigint) {
    const items = (1n << lot.itemCount) - 1n
    const list = []
    for (let seat = 0; lot.seats >> BigInt(16 * seat) !== 0n; seat++) {
      const validatorId = (lot.seats >> BigInt(16 * seat)) & 0xffffn
      const accepted = votes(seat) & items
      const rejected = ~accepted & items
      const report = word(`report${validatorId}`, ++salt)
      const hash = await datanets.read.hashAttestation([lot.digest, accepted, rejected, report])
      const { r, s, yParity } = await sign({ hash, privateKey: keyOf(validatorId) })
      const vs = `0x${(hexToBigInt(s) | ((yParity === 1 ? 1n : 0n) << 255n)).toString(16).padStart(64, '0')}` as Hex
      list.push({ accepted, rejected, report, r, vs })
    }
    return { seatsVoted: (1n << BigInt(list.length)) - 1n, list }
  }

  return {
    open,
    datanets,
    validators,
    publicClient,
    createDatanet,
    submit,
    lotClosed,
    lotSettled,
    attestations,
    close: (id: bigint, entered: Submission[]) => datanets.write.closeLot([id, entered]),
    accrue: (lot: Lot, entered: Submission[]) => datanets.write.accrue([lot, entered]),
    pass: (seconds: number) => helpers.time.increase(seconds),
    window: WINDOW,
  }
}
