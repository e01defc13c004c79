// What a lot costs, from its first submission to its contributors' balances.
import type { Meter } from './meter.ts'
import type { Lot, Protocol, Submission, Wallet } from './protocol.ts'

export type LotGas = { submits: number[]; close: number; settle: number; accrue: number; lot: Lot; items: number }

/** Accepted by all seats: every item. The next lot's seats differ in a few items, so that information is computed. */
const AGREED = (1n << 256n) - 1n

/** Brings one lot from nothing to accrual; each wallet enters `files` files. */
export async function runLot(
  meter: Meter,
  protocol: Protocol,
  label: string,
  datanetId: bigint,
  wallets: Wallet[],
  files: number,
  votes: (seat: number) => bigint = () => AGREED,
): Promise<LotGas> {
  const { datanets } = protocol
  const entered: Submission[] = []
  const submits: number[] = []
  for (const [i, wallet] of wallets.entries()) {
    const name = `${label}: submit of ${files} (${i === 0 ? 'first of the lot' : `later, ${i + 1}`})`
    submits.push(await meter.measure(name, protocol.submit(wallet, datanetId, files, entered)))
  }
  await protocol.pass(protocol.window)
  const { lotNumber } = await datanets.read.bookOf([datanetId])
  const closing = protocol.close((datanetId << 32n) | BigInt(lotNumber), entered)
  const close = await meter.measure(`${label}: close`, closing)
  const lot = await protocol.lotClosed(await closing)

  const { seatsVoted, list } = await protocol.attestations(lot, votes)
  const settling = datanets.write.settle([lot, seatsVoted, list])
  const settle = await meter.measure(`${label}: settle`, settling)
  const settled = await protocol.lotSettled(lot, await settling)

  await protocol.pass(protocol.window + 1)
  const accrue = await meter.measure(`${label}: accrue`, protocol.accrue(settled, entered))
  return { submits, close, settle, accrue, lot: { ...settled, status: 3 }, items: files * wallets.length }
}

export const sumOf = ({ submits, close, settle, accrue }: LotGas) =>
  submits.reduce((sum, gas) => sum + gas, 0) + close + settle + accrue
