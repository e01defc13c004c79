import { Hono } from 'hono'
import { type Address, isAddress } from 'viem'
import { compareRuns } from '../compare/compare.ts'
import { BodyInvalidError } from '../errors/http.ts'
import { RunStateError } from '../errors/runs.ts'
import { claimProof, runJson, runScores } from '../runs/view.ts'
import { bodyOf } from './body.ts'
import type { FactoryServices } from './services.ts'
import { streamRun } from './stream.ts'

export function runRoutes({ chain, folderOf, logOf, previewer, queue, store }: FactoryServices): Hono {
  const app = new Hono()
  app.get('/runs', (context) => context.json({ runs: store.list().map(runJson) }))
  app.post('/runs', async (context) => context.json(runJson(queue.add(await bodyOf(context))), 201))
  app.post('/preview', async (context) => context.json(await previewer.preview(await bodyOf(context))))
  app.get('/compare', (context) => {
    const ids = (context.req.query('runs') ?? '').split(',').filter(Boolean)
    if (ids.length < 2) throw new BodyInvalidError('`runs` must name two or more, such as r1,r2')
    return context.json(
      compareRuns(
        ids.map((id) => store.get(id)),
        folderOf,
      ),
    )
  })

  app.get('/runs/:id', (context) => context.json(runJson(store.get(context.req.param('id')))))
  app.get('/runs/:id/events', (context) => {
    const { id } = store.get(context.req.param('id'))
    return streamRun(context, logOf(id), () => store.get(id).state)
  })
  for (const action of ['pause', 'resume', 'cancel', 'retry'] as const) {
    app.post(`/runs/:id/${action}`, (context) => context.json(runJson(queue[action](context.req.param('id')))))
  }
  app.post('/runs/:id/refine', async (context) => {
    const parent = store.get(context.req.param('id'))
    const { base, datanetIds, download, exclude, revision, settings } = parent.request
    const inherited = { base, datanetIds, download, exclude, ...(revision === undefined ? {} : { revision }) }
    const given = await bodyOf(context)
    // Settings are inherited one by one: a refinement says only what it changes.
    const merged = {
      ...inherited,
      ...given,
      settings: { ...settings, ...(given.settings as object) },
      parent: parent.id,
    }
    return context.json(runJson(queue.add(merged)), 201)
  })
  app.get('/runs/:id/scores', (context) => {
    const { id, state } = store.get(context.req.param('id'))
    const scores = runScores(folderOf(id))
    if (scores === undefined)
      throw new RunStateError({ id, state, action: 'show scores', allowed: ['packaging', 'final'] })
    return context.json(scores)
  })
  app.get('/runs/:id/proof', (context) => {
    const account = context.req.query('account') ?? ''
    if (!isAddress(account, { strict: false })) throw new BodyInvalidError('`account` must be an address')
    const found = claimProof(store.get(context.req.param('id')), account as Address)
    const proof = found && { ...found, index: String(found.index), share: String(found.share) }
    return context.json({ proof: proof ?? null })
  })
  app.post('/runs/:id/attestations', async (context) => {
    const run = store.get(context.req.param('id'))
    const { attestations } = (await bodyOf(context)) as { attestations?: unknown }
    const list = Array.isArray(attestations) ? attestations : []
    const word = (value: unknown) => typeof value === 'string' && /^0x[0-9a-f]{64}$/i.test(value)
    if (list.length === 0 || !list.every((item) => word(item?.r) && word(item?.vs))) {
      throw new BodyInvalidError('`attestations` must list {r, vs}, each a word in hexadecimal')
    }
    if (run.state !== 'attesting' || run.facts.runId === undefined) {
      throw new RunStateError({ id: run.id, state: run.state, action: 'take attestations', allowed: ['attesting'] })
    }
    const pairs = list.map(({ r, vs }) => ({ r, vs }))
    return context.json({ transaction: (await chain.attest(run.facts.runId, pairs)).hash })
  })
  return app
}
