import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { VoucherRefusedError } from '@datanets/modelfactory'
import { deposit, signVoucher } from '@datanets/sdk'
import { expect } from 'chai'
import { type Hex, parseEther } from 'viem'
import { Meter, type Voucher } from '../../modelfactory/src/chat/meter.ts'
import { openDatabase } from '../../modelfactory/src/runs/database.ts'
import { people, type Stack, startStack } from './modelfactory-stack.ts'

const runId: Hex = `0x${'7'.repeat(64)}`
const fee = parseEther('2')

describe('ModelFactory meter', function () {
  this.timeout(60_000)
  let stack: Stack
  let folder: string
  let db: ReturnType<typeof openDatabase>
  let meter: Meter
  const payer = people.payer.address

  before(async () => {
    stack = await startStack()
    await deposit(stack.walletOf(people.payer), { deployment: stack.deployment, payer, amount: 3n * fee })
    folder = mkdtempSync(join(tmpdir(), 'meter-'))
    db = openDatabase(folder)
    meter = new Meter({ db, client: stack.client, deployment: stack.deployment, feePerAnswer: fee })
  })
  after(async () => {
    db?.close()
    if (folder) rmSync(folder, { recursive: true, force: true })
    await stack?.close()
  })

  async function voucherOf(total: bigint, seconds = 7200n, account = people.payer): Promise<Voucher> {
    const { timestamp } = await stack.client.getBlock()
    const given = { runId, total, deadline: timestamp + seconds, payer, account, deployment: stack.deployment }
    const { signature, voucher } = await signVoucher(stack.walletOf(account), given)
    return { ...voucher, signature }
  }
  const refusal = async (voucher: Voucher): Promise<VoucherRefusedError> => {
    const error = await meter.accept(runId, voucher).catch((failure) => failure)
    expect(error).to.be.instanceOf(VoucherRefusedError)
    return error
  }

  it('takes a voucher for one answer and counts it', async () => {
    expect(meter.due(runId, payer)).to.equal(fee)
    await meter.accept(runId, await voucherOf(fee))
    expect(meter.due(runId, payer)).to.equal(2n * fee)
    expect(meter.vouchers(runId)).to.have.length(1)
  })

  it('does not answer twice for one payment', async () => {
    expect((await refusal(await voucherOf(fee))).metaMessages[0]).to.contain(`${2n * fee} wei in all`)
  })

  it('counts an answer back that was not given', async () => {
    await meter.accept(runId, await voucherOf(2n * fee))
    meter.refund(runId, payer)
    await meter.accept(runId, await voucherOf(2n * fee))
    expect(meter.due(runId, payer)).to.equal(3n * fee)
  })

  it('refuses what another signed, what ends soon, and what the deposit does not cover', async () => {
    const forged = await voucherOf(3n * fee, 7200n, people.modelMaker)
    expect((await refusal(forged)).shortMessage).to.contain('not signed by')
    expect((await refusal(await voucherOf(3n * fee, 60n))).shortMessage).to.contain('ends too early')
    await meter.accept(runId, await voucherOf(3n * fee))
    expect((await refusal(await voucherOf(4n * fee))).shortMessage).to.contain('deposit')
  })
})
