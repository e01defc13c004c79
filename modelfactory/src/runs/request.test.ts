import { expect } from 'chai'
import { RunRequestError } from '../errors/runs.ts'
import { parseRequest } from './request.ts'
import { canFollow, STATES, WARM } from './states.ts'

const given = { datanetIds: ['3', 4], base: './model' }

describe('run request', () => {
  it('fills in what most runs use', () => {
    const request = parseRequest(given)
    expect(request.datanetIds).to.deep.equal([3n, 4n])
    expect(request.split).to.deep.equal({
      ...{ platformBps: 1000, ownerBps: 2000, stakersBps: 2000, contributorsBps: 5000, parentBps: 0 },
    })
    expect(request).to.include({ quorum: 3, challengeWindow: 86_400, download: false })
  })

  it('names every problem at once', () => {
    const wrong = { datanetIds: [0], base: '', quorum: 16, colour: 'red', exclude: ['x'], split: { ownerBps: 9000 } }
    const { shortMessage } = refusal(wrong)
    for (const word of ['colour', 'datanetIds', 'base', 'quorum', 'exclude', '17000'])
      expect(shortMessage).to.contain(word)
  })

  it('keeps the contributors their part', () => {
    const split = { platformBps: 1000, ownerBps: 6501, stakersBps: 0, contributorsBps: 2499 }
    expect(refusal({ ...given, split }).shortMessage).to.contain('contributorsBps is under 2500')
  })

  it('shares with a parent only where there is one', () => {
    expect(refusal({ ...given, split: { parentBps: 10 } }).shortMessage).to.contain('needs a parent')
    expect(parseRequest({ ...given, parent: 'r1', split: { parentBps: 10 } }).split.parentBps).to.equal(10)
  })
})

describe('states of a run', () => {
  it('lead from queued to every other one', () => {
    const reached = new Set(['queued'])
    for (let round = 0; round < STATES.length; round++) {
      for (const from of STATES.filter((state) => reached.has(state))) {
        for (const to of STATES) if (canFollow(from, to)) reached.add(to)
      }
    }
    expect([...reached]).to.have.members(STATES)
  })

  it('let every warm state fail, so that no run blocks the next', () => {
    for (const state of WARM) expect(canFollow(state, 'failed'), state).to.equal(true)
  })

  it('never leave final or cancelled', () => {
    for (const cold of ['final', 'cancelled'] as const) {
      expect(STATES.filter((to) => to !== cold && canFollow(cold, to))).to.deep.equal([])
    }
  })
})

function refusal(input: object): RunRequestError {
  try {
    parseRequest(input)
  } catch (error) {
    expect(error).to.be.instanceOf(RunRequestError)
    return error as RunRequestError
  }
  return expect.fail('it was taken')
}
