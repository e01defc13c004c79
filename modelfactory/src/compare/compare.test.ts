import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { runFolder } from '../runs/folder.ts'
import { parseRequest } from '../runs/request.ts'
import type { Run } from '../runs/run.ts'
import { compareRuns } from './compare.ts'

describe('comparison of runs', () => {
  let dir: string
  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'compare-'))
  })
  after(() => rmSync(dir, { recursive: true, force: true }))

  const runOf = (id: string, settings: Record<string, number>): Run => ({
    ...{ id, state: 'final', error: undefined, asked: undefined, createdAt: 0, updatedAt: 0, facts: {} },
    request: parseRequest({ datanetIds: [1], base: 'b', settings }),
  })

  it('shows what differs, and curves as far as there are any', () => {
    const { trainer } = runFolder(dir, 'r1')
    mkdirSync(trainer, { recursive: true })
    writeFileSync(join(trainer, 'metrics.json'), '{"trainingLoss":["2","1"],"heldOutLoss":{"base":"3","tuned":"2"}}')
    const both = [runOf('r1', { rank: 8, seed: 1 }), runOf('r2', { rank: 16, seed: 1, epochs: 2 })]
    const comparison = compareRuns(both, (id) => runFolder(dir, id))
    expect(comparison.settings).to.deep.equal({ epochs: { r1: null, r2: 2 }, rank: { r1: 8, r2: 16 } })
    expect(comparison.equalSettings).to.deep.equal(['seed'])
    expect(comparison.loss).to.deep.equal({ r1: ['2', '1'], r2: [] })
    expect(comparison.evaluation.r1).to.deep.equal({ base: '3', tuned: '2' })
    expect(comparison.data.sameDataset).to.equal(false)
  })
})
