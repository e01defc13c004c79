// What is measured of the protocol. "Steady" means: neither accounts nor validators are there for the first time.
import { runLot, sumOf } from './lots.ts'
import { createMeter, type Row } from './meter.ts'
import { createProtocol, type Wallet } from './protocol.ts'

const DAY = 86_400

/** Acceptance in full lots and alone, and claims. */
export async function measureContributions() {
  const meter = await createMeter()
  const protocol = await createProtocol(meter, 7)
  const twelve = meter.wallets.slice(1, 13) as Wallet[]
  const solo = [meter.wallets[1] as Wallet]

  const five = await protocol.createDatanet(5)
  await runLot(meter, protocol, 'first time, K=5, 12 x 20 files', five, twelve, 20)
  await protocol.pass(DAY)
  const full = await runLot(meter, protocol, 'steady, K=5, 12 x 20 files', five, twelve, 20)
  await protocol.pass(DAY)
  // Some seats differ in some items: the informed half of the fee is split by covariance.
  await runLot(meter, protocol, 'covariance pay, K=5, 12 x 20 files', five, twelve, 20, (seat) =>
    BigInt.asUintN(256, ~(0x1111n << BigInt(64 * (seat % 2)))),
  )

  const three = await protocol.createDatanet(3)
  await protocol.pass(DAY)
  await runLot(meter, protocol, 'first time, K=3, a file alone', three, solo, 1)
  await protocol.pass(DAY)
  const single = await runLot(meter, protocol, 'steady, K=3, a file alone', three, solo, 1)

  const { datanets } = protocol
  const account = (solo[0] as Wallet).account.address
  await meter.measure('claim of 1 Datanet (first, to an empty wallet)', datanets.write.claim([account, [five]]))
  const more = []
  for (let i = 0; i < 4; i++) more.push(await protocol.createDatanet(3))
  await protocol.pass(DAY)
  for (const id of [five, ...more]) {
    await runLot(meter, protocol, `funding claims ${id}`, id, solo, 1)
  }
  await meter.measure('claim of 1 Datanet', datanets.write.claim([account, [five]]))
  await protocol.pass(DAY)
  await runLot(meter, protocol, 'funding claims again', five, solo, 1)
  const claimFive = await meter.measure('claim of 5 Datanets', datanets.write.claim([account, [five, ...more]]))

  await meter.close()
  const rows = meter.rows.filter(({ name }) => !name.startsWith('funding'))
  return { acceptedContribution: Math.ceil(sumOf(full) / full.items), singleFile: sumOf(single), claimFive, rows }
}

/** Closing and settling full lots for every size of committee. */
export async function measureCommittees(): Promise<Row[]> {
  const rows: Row[] = []
  for (const seats of [3, 5, 7, 9, 15]) {
    const meter = await createMeter()
    const protocol = await createProtocol(meter, seats + 2)
    const wallets = meter.wallets.slice(1, 13) as Wallet[]
    const datanetId = await protocol.createDatanet(seats)
    await runLot(meter, protocol, 'warm-up', datanetId, wallets, 20)
    await protocol.pass(DAY)
    await runLot(meter, protocol, `K=${seats}`, datanetId, wallets, 20)
    await meter.close()
    rows.push(...meter.rows.filter(({ name }) => /^K=\d+: (close|settle)/.test(name)))
  }
  return rows
}
