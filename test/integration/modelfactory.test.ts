import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createModelFactory,
  createRetrainer,
  familiesDemo,
  type ModelFactory,
  type Run,
  whyNoPython,
} from '@datanets/modelfactory'
import { datasetsOnChain } from '@datanets/modelfactory/recompute'
import { anchorRun, getRun, openRun } from '@datanets/sdk'
import { type ContentStore, createMemoryStore } from '@datanets/sdk/storage'
import { digestToCid } from '@datanets/sdk/utils'
import { decode } from '@ipld/dag-json'
import { expect } from 'chai'
import { type Hex, parseEther } from 'viem'
import { type AnchoredRun, checkRun, loadRun, type Retrain } from '../../validator/src/runs/index.ts'
import { attesters } from './modelfactory-attesters.ts'
import { root, sampleTexts } from './modelfactory-samples.ts'
import { people, type Stack, startStack } from './modelfactory-stack.ts'
import { tamperer } from './modelfactory-tamper.ts'
import { until } from './modelfactory-until.ts'

/** Small and hot: seconds of training, and still a loss that falls. */
const settings = { cutoff: 96, batchSize: 8, accumulation: 1, epochs: 1, learningRate: '0.01', datainf: false }

/** Fields of the answers these tests look at. */
interface Answer {
  id: string
  error: { name: string }
  contributors: { contributor: string }[]
  shown: { id: string }[]
  memory: { fits: boolean }
}

describe('ModelFactory', function () {
  this.timeout(300_000)
  let stack: Stack
  let content: ContentStore
  let dir: string
  let factory: ModelFactory
  let validators: ReturnType<typeof attesters>
  let datanetId: bigint
  let base: string
  let run: Run

  before(async function () {
    const reason = await whyNoPython(root)
    if (reason !== undefined) {
      console.log(`      skipped: ${reason}`)
      this.skip()
    }
    dir = mkdtempSync(join(tmpdir(), 'modelfactory-'))
    content = createMemoryStore()
    stack = await startStack()
    const files = sampleTexts()
    datanetId = (await stack.accept(content, [files.slice(0, 5), files.slice(5)])).datanetId
    factory = createModelFactory({
      ...{ dir: join(dir, 'factory'), rpcUrl: stack.url, deployment: stack.deployment, account: people.modelMaker },
      ...{ content, root, pollMs: 100 },
    })
    await factory.start()
    validators = attesters(stack, content, join(dir, 'validators'))
  })

  after(async () => {
    validators?.close()
    await factory?.stop()
    await stack?.close()
    if (dir) rmSync(dir, { recursive: true, force: true })
  })

  const post = async (path: string, body: object = {}) => {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${factory.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: response.status, json: (await response.json()) as Answer }
  }
  const settled = (id: string, ...states: string[]) =>
    until(
      () => factory.store.get(id),
      ({ state }) => states.includes(state) || state === 'failed',
    )

  it('takes a family from a random base to claimed shares, to the wei', async () => {
    const report = await familiesDemo({
      ...{ factory, client: stack.client, deployment: stack.deployment, folder: join(dir, 'bases') },
      datanetIds: [datanetId],
      payer: stack.walletOf(people.payer),
      sender: stack.walletOf(people.operator),
      fee: parseEther('10') + 7n,
      attest: (runId) => validators.vote(runId),
      passTime: stack.wait,
      families: ['qwen2'],
    })
    expect(report.families.map(({ method }) => method)).to.deep.equal(['lora', 'qlora'])
    for (const { lossAfter, lossBefore, reloaded } of report.families) {
      expect(Number(lossAfter)).to.be.lessThan(Number(lossBefore))
      expect(reloaded.largestLogitDifference).to.be.greaterThan(0)
    }
    const { claimed, contributors, dust, paid, owners, platform, stakers } = report.money
    const sum = (texts: string[]) => texts.reduce((total, text) => total + BigInt(text), 0n)
    expect(sum([contributors, owners, platform, stakers])).to.equal(BigInt(paid))
    expect(sum([...claimed.map(({ amount }) => amount), dust])).to.equal(BigInt(contributors))
    run = factory.store.get(report.families[0]!.run)
    base = run.request.base
  })

  it('opens a run before it trains and anchors it after', async () => {
    const log = factory.logOf(run.id).after()
    const at = (type: string) => log.findIndex((event) => event.type === type)
    expect(at('opened')).to.be.greaterThan(at('dataset')).and.lessThan(at('step'))
    expect(at('anchored')).to.be.greaterThan(at('finished'))
    expect(log.map(({ id }) => id)).to.deep.equal(log.map((_, index) => index + 1))
  })

  it('streams what a reader has not seen yet', async () => {
    const all = factory.logOf(run.id).after()
    const seen = all.length - 3
    const response = await fetch(`${factory.url}/runs/${run.id}/events`, { headers: { 'last-event-id': String(seen) } })
    const ids = [...(await response.text()).matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))
    expect(ids).to.deep.equal(all.slice(seen).map(({ id }) => id))
  })

  it('shows before training what would be trained', async () => {
    const { json } = await post('/preview', { datanetIds: [String(datanetId)], base, settings })
    expect(json.contributors.map(({ contributor }: { contributor: string }) => contributor)).to.have.members(
      people.contributors.map(({ address }) => address.toLowerCase()),
    )
    expect(json.shown[0]!.id).to.match(/^\d+-\d+-\d+#/)
    expect(json.memory.fits).to.equal(true)
  })

  it('refuses an image Datanet with the reason', async () => {
    const picture = { name: 'a.png', bytes: new TextEncoder().encode('a picture, as far as the chain knows') }
    const images = await stack.accept(content, [[picture]], 'Image')
    const { json } = await post('/runs', { datanetIds: [String(images.datanetId)], base, settings })
    const failed = await settled(json.id)
    expect(failed.error?.name).to.equal('DatasetModalityError')
    expect(failed.facts.runId).to.equal(undefined)
  })

  it('pauses, goes on, and ends in the adapter of an unbroken run', async () => {
    const long = { ...settings, epochs: 3, saveEvery: 1000 }
    const request = { datanetIds: [String(datanetId)], base, settings: long }
    const unbroken = (await post('/runs', { ...request, challengeWindow: 5 })).json.id as string
    const { id } = (await post('/runs', request)).json
    await until(
      () => factory.logOf(id).after(),
      (events) => events.some(({ type }) => type === 'step'),
    )
    expect((await post(`/runs/${id}/pause`)).status).to.equal(200)
    await settled(id, 'paused')
    expect((await post(`/runs/${id}/pause`)).json.error.name).to.equal('RunStateError')
    await post(`/runs/${id}/resume`)
    expect((await settled(id, 'attesting')).error).to.equal(undefined)
    const weights = (run: string) => readFileSync(join(factory.folderOf(run).adapter, 'adapter_model.safetensors'))
    expect(weights(id).equals(weights(unbroken))).to.equal(true)
  })

  it('does not train the same run twice', async () => {
    const { datanetIds, settings, challengeWindow } = run.request
    const { json } = await post('/runs', { datanetIds: datanetIds.map(String), base, settings, challengeWindow })
    expect((await settled(json.id)).error?.name).to.equal('RunExistsError')
  })

  it('cancels a run, and the next one goes on', async () => {
    const request = { datanetIds: [String(datanetId)], base, settings: { ...settings, epochs: 50, seed: 7 } }
    const { id } = (await post('/runs', request)).json
    await until(
      () => factory.logOf(id).after(),
      (events) => events.some(({ type }) => type === 'step'),
    )
    await post(`/runs/${id}/cancel`)
    expect((await settled(id, 'cancelled')).state).to.equal('cancelled')
  })

  it('tells why settings cannot be used, and opens nothing', async () => {
    const { json } = await post('/runs', { datanetIds: [String(datanetId)], base, settings: { rank: 0, epochs: -1 } })
    const { error, facts } = await settled(json.id)
    expect(error?.name).to.equal('TrainerRefusedError')
    expect(error?.hints.join(' '))
      .to.match(/rank/)
      .and.match(/epochs/)
    expect(facts.opened).to.equal(undefined)
  })

  it('answers beside the base and names contributions that shaped the answer', async () => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ prompt: 'How does compost work?', maxTokens: 12 })
    const response = await fetch(`${factory.url}/runs/${run.id}/chat`, { method: 'POST', headers, body })
    const events = [...(await response.text()).matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data!))
    const answers = events.filter(({ type }) => type === 'answer')
    expect(answers.map(({ model }) => model)).to.deep.equal(['base', run.id])
    const { contributions, meaning } = events.find(({ type }) => type === 'explanation')
    expect(meaning).to.equal('estimated influence on this answer')
    expect(contributions[0].contribution).to.match(new RegExp(`^${datanetId}-\\d+-\\d+$`))
    expect(events.at(-1).type).to.equal('done')
  })

  it('refines a run from its adapter and compares the two', async () => {
    const { json } = await post(`/runs/${run.id}/refine`, { name: 'child', settings: { maxSteps: 4 } })
    const child = await settled(json.id, 'attesting')
    expect(child.error).to.equal(undefined)
    expect(child.facts.spec!.parent).to.equal(run.facts.runId)
    const response = await fetch(`${factory.url}/compare?runs=${run.id},${child.id}`)
    const comparison = (await response.json()) as { settings: object; loss: Record<string, string[]>; data: object }
    expect(comparison.settings)
      .to.have.property('maxSteps')
      .that.deep.equals({ [run.id]: 12, [child.id]: 4 })
    expect(comparison.loss[child.id]).to.have.length(4)
    expect(comparison.data).to.have.property('sameDataset', true)
  })

  describe('what validators refuse', () => {
    const check = async (made: AnchoredRun, store = content, retrain?: Retrain) => {
      const verdict = await checkRun(made, { store, source: datasetsOnChain(stack.client, stack.deployment), retrain })
      return verdict.findings.filter(({ verdict }) => verdict === 'fail').map(({ check, code }) => `${check}: ${code}`)
    }
    let honest: AnchoredRun
    before(async () => {
      honest = await loadRun(stack.client as never, stack.deployment, run.facts.runId!)
    })

    it('nothing of an honest run', async () => {
      expect(await check(honest)).to.deep.equal([])
    })

    const lies = {
      scores: ['config: not-the-trainers', 'shares: not-from-scores'],
      root: ['shares: other-root'],
      dataset: ['dataset: not-accepted', 'scores: not-the-dataset'],
      adapter: ['config: not-the-trainers'],
      pickle: ['adapter: unexpected-files'],
      settings: ['config: other-config'],
    } as const
    for (const [name, reasons] of Object.entries(lies)) {
      it(`a tampered ${name}, with the reason`, async () => {
        const made = await tamperer(content)[name as keyof typeof lies](honest)
        expect(await check(made)).to.deep.equal(reasons)
      })
    }

    it('a forgery without a flaw, once they train again', async () => {
      const { client, deployment } = stack
      const folder = join(dir, 'retrain')
      const retrain = createRetrainer({ host: factory.host, content, client, deployment, bases: [base], folder })
      const forged = await tamperer(content).forgery(honest)
      expect(await check(forged)).to.deep.equal([])
      expect(await check(forged, content, retrain)).to.deep.equal(['retraining: other-scores'])
      expect(await check(honest, content, retrain)).to.deep.equal([])
    })

    it('says nothing while a part cannot be fetched', async () => {
      const failed = await check(honest, createMemoryStore()).catch((error) => error)
      expect(failed.name).to.equal('RunContentUnavailableError')
    })

    it('on chain, with a report on IPFS that names the reason', async () => {
      const { client, deployment, walletOf } = stack
      const wallet = walletOf(people.payer)
      // Another owner opens the same run, trains nothing, and anchors scores of its own.
      const { runId } = await openRun(wallet, { deployment, spec: { ...honest.spec, seed: honest.spec.seed + 1n } })
      await stack.wait(1)
      const { result } = await tamperer(content).scores(honest)
      await anchorRun(wallet, { deployment, runId, result })
      await validators.vote(runId)
      const { status, votes } = await getRun(client, { deployment, runId })
      expect(status).to.equal('rejected')
      const report = decode(await content.get(digestToCid(votes[0]!.report!, 'dag-json')))
      expect(report).to.have.property('verdict', 'refuse')
      expect(JSON.stringify(report)).to.match(/belongs? to run/)
    })
  })

  it('keeps every signature of a validator to one word per result', async () => {
    const votes = await validators.vote(run.facts.runId as Hex)
    expect(votes).to.deep.equal([undefined, undefined, undefined])
  })
})
