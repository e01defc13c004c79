import { Hono } from 'hono'
import { type Hex, isAddress, isHex } from 'viem'
import type { Voucher } from '../chat/meter.ts'
import { parseChat } from '../chat/request.ts'
import { VoucherRefusedError } from '../errors/chat.ts'
import { BodyInvalidError } from '../errors/http.ts'
import { RunStateError } from '../errors/runs.ts'
import { bodyOf } from './body.ts'
import type { FactoryServices } from './services.ts'
import { streamWork } from './stream.ts'

/** Chat with a tuned model beside its base, and with several runs side by side. Answers stream as server-sent events. */
export function chatRoutes({ chain, chat, meter, store }: FactoryServices): Hono {
  const app = new Hono()

  app.post('/runs/:id/chat', async (context) => {
    const run = store.get(context.req.param('id'))
    const body = await bodyOf(context)
    const request = parseChat(body)
    if (meter.feePerAnswer === 0n) return streamWork(context, (tell) => chat.ask([run.id], request, tell))
    if (run.state !== 'final') {
      throw new RunStateError({ id: run.id, state: run.state, action: 'answer for a fee', allowed: ['final'] })
    }
    const runId = run.facts.runId as Hex
    const voucher = parseVoucher(body.voucher)
    await meter.accept(runId, voucher)
    return streamWork(context, async (tell) => {
      try {
        await chat.ask([run.id], request, tell)
      } catch (error) {
        meter.refund(runId, voucher.payer)
        throw error
      }
    })
  })

  app.get('/runs/:id/fee', (context) => {
    const payer = context.req.query('payer') ?? ''
    if (!isAddress(payer, { strict: false })) throw new BodyInvalidError('`payer` must be an address')
    const { facts } = store.get(context.req.param('id'))
    const due = facts.runId === undefined ? 0n : meter.due(facts.runId, payer)
    return context.json({ feePerAnswer: String(meter.feePerAnswer), due: String(due), runId: facts.runId ?? null })
  })

  app.post('/runs/:id/collect', async (context) => {
    const { facts } = store.get(context.req.param('id'))
    const collected = []
    for (const voucher of facts.runId === undefined ? [] : meter.vouchers(facts.runId)) {
      const mined = await chain.collect(facts.runId!, voucher)
      if (mined !== undefined)
        collected.push({ payer: voucher.payer, total: String(voucher.total), transaction: mined.hash })
    }
    return context.json({ collected })
  })

  app.post('/compare/chat', async (context) => {
    const body = await bodyOf(context)
    const ids = Array.isArray(body.runs) ? body.runs.map(String) : []
    if (ids.length === 0 || ids.length > 8) throw new BodyInvalidError('`runs` must name 1 to 8 runs')
    if (meter.feePerAnswer > 0n)
      throw new VoucherRefusedError('runs are compared without a fee only where answers are free')
    const request = parseChat(body)
    for (const id of ids) store.get(id)
    return streamWork(context, (tell) => chat.ask(ids, request, tell))
  })
  return app
}

function parseVoucher(value: unknown): Voucher {
  const { deadline, payer, signature, total } = (value ?? {}) as Record<string, unknown>
  const whole = /^\d{1,78}$/
  if (typeof payer !== 'string' || !isAddress(payer, { strict: false })) {
    throw new VoucherRefusedError('it names no payer', [
      'Answers of this run cost a fee: send {"voucher": {payer, total, deadline, signature}}.',
    ])
  }
  if (!whole.test(String(total)) || !whole.test(String(deadline)) || !isHex(signature)) {
    throw new VoucherRefusedError('total and deadline must be whole numbers, the signature hexadecimal')
  }
  return { payer, total: BigInt(String(total)), deadline: BigInt(String(deadline)), signature }
}
