import { expect } from 'chai'
import { FactoryUnreachableError } from '../errors/cli.ts'
import { MODELFACTORY_COMMANDS } from './index.ts'
import { runs } from './runs.ts'
import { settingOf } from './train.ts'

describe('commands of the ModelFactory', () => {
  it('have names of their own and say what they do', () => {
    expect(MODELFACTORY_COMMANDS.map(({ name }) => name)).to.deep.equal(['train', 'runs', 'chat', 'pay', 'export'])
    for (const { summary } of MODELFACTORY_COMMANDS) expect(summary).to.match(/^[a-z]/)
  })

  it('keep decimals of settings as text, so that no float is hashed', () => {
    expect(settingOf('learningRate=0.0001')).to.deep.equal(['learningRate', '0.0001'])
    expect(settingOf('rank=16')).to.deep.equal(['rank', 16])
    expect(settingOf('packing=true')).to.deep.equal(['packing', true])
    expect(settingOf('targets=q_proj,v_proj')).to.deep.equal(['targets', ['q_proj', 'v_proj']])
    expect(() => settingOf('rank')).to.throw(/is no setting/)
  })

  it('say where they looked when nobody answers', async () => {
    const context = { env: {}, signal: new AbortController().signal } as Parameters<typeof runs.run>[0]
    const error = await runs.run(context, [], { url: 'http://127.0.0.1:9' }).catch((failure) => failure)
    expect(error).to.be.instanceOf(FactoryUnreachableError)
    expect(error.shortMessage).to.contain('http://127.0.0.1:9')
  })
})
