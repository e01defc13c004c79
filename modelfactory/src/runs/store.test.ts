import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { DatasetEmptyError } from '../errors/dataset.ts'
import { FactoryLockedError, RunNotFoundError, RunStateError } from '../errors/runs.ts'
import { openDatabase } from './database.ts'
import { EventLog } from './event-log.ts'
import { parseRequest } from './request.ts'
import { RunStore } from './store.ts'

const request = parseRequest({ datanetIds: [3n], base: './model' })

describe('run store', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'run-store-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('keeps state, request, facts and error over a restart', () => {
    const first = openDatabase(folder)
    const before = new RunStore(first)
    const { id } = before.add(request)
    before.move(id, 'preparing', { facts: { runId: '0x01' } })
    before.move(id, 'failed', { error: new DatasetEmptyError([3n], 1) })
    first.close()
    const second = openDatabase(folder)
    const run = new RunStore(second).get(id)
    expect(run.state).to.equal('failed')
    expect(run.request.datanetIds).to.deep.equal([3n])
    expect(run.facts.runId).to.equal('0x01')
    expect(run.error?.name).to.equal('DatasetEmptyError')
    second.close()
  })

  it('has one writer at a time', () => {
    const first = openDatabase(folder)
    expect(() => openDatabase(folder)).to.throw(FactoryLockedError)
    first.close()
    openDatabase(folder).close()
  })

  it('refuses a state that cannot follow, and names those that lead there', () => {
    const db = openDatabase(folder)
    const store = new RunStore(db)
    const { id } = store.add(request)
    const failed = (() => {
      try {
        store.move(id, 'final')
      } catch (error) {
        return error as RunStateError
      }
      return undefined
    })()
    expect(failed).to.be.instanceOf(RunStateError)
    expect(failed!.metaMessages[0]).to.equal('Possible while: attesting, final.')
    expect(store.get(id).state).to.equal('queued')
    db.close()
  })

  it('keeps a wish to pause until it is met', () => {
    const db = openDatabase(folder)
    const store = new RunStore(db)
    const { id } = store.add(request)
    for (const state of ['preparing', 'opening', 'training'] as const) store.move(id, state)
    store.ask(id, 'pause')
    expect(store.move(id, 'pausing').asked).to.equal('pause')
    expect(store.move(id, 'paused').asked).to.equal(undefined)
    expect(() => store.get('r99')).to.throw(RunNotFoundError)
    expect(() => store.get("r1' OR 1")).to.throw(RunNotFoundError)
    db.close()
  })
})

describe('event log', () => {
  let path: string
  beforeEach(() => {
    path = join(mkdtempSync(join(tmpdir(), 'event-log-')), 'events.jsonl')
  })
  afterEach(() => rmSync(join(path, '..'), { recursive: true, force: true }))

  it('has an event on disk before anybody hears of it', () => {
    const log = new EventLog(path)
    let onDisk = ''
    log.follow(0, () => {
      onDisk = readFileSync(path, 'utf8')
    })
    log.append({ type: 'step', step: 1 })
    expect(JSON.parse(onDisk)).to.include({ id: 1, type: 'step' })
    log.close()
  })

  it('tells a late reader everything after the last id it saw', () => {
    const log = new EventLog(path)
    for (let step = 1; step <= 4; step++) log.append({ type: 'step', step })
    const seen: number[] = []
    const unfollow = log.follow(2, ({ id }) => seen.push(id))
    log.append({ type: 'step', step: 5 })
    unfollow()
    log.append({ type: 'step', step: 6 })
    expect(seen).to.deep.equal([3, 4, 5])
    log.close()
  })

  it('cuts off a line that was half written, and counts on', () => {
    const log = new EventLog(path)
    log.append({ type: 'step', sequence: 7 })
    log.close()
    appendFileSync(path, '{"id":2,"type":"st')
    const again = new EventLog(path)
    expect(again.trainerSequence).to.equal(7)
    expect(again.append({ type: 'state' }).id).to.equal(2)
    again.close()
    expect(readFileSync(path, 'utf8').trim().split('\n')).to.have.length(2)
  })
})
