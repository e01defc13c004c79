import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { type AbiParameter, encodeErrorResult, type Hex, zeroAddress } from 'viem'
import { appealsAbi, datanetsAbi, modelFactoryAbi, openTokenAbi, validatorsAbi } from '../abis.ts'
import { version } from '../version.ts'
import { BaseError } from './base.ts'
import { ContractError, UnknownRevertError } from './contract.ts'
import { DatanetsDailyFilesExceededError } from './datanets.ts'
import { decodeContractError, fromRevertData } from './decode.ts'

function sampleOf({ type }: AbiParameter): unknown {
  if (type === 'address') return zeroAddress
  if (type === 'string') return 'formats'
  if (type === 'bool') return true
  if (type.startsWith('bytes')) return `0x${'ab'.repeat(Number(type.slice(5)))}`
  return Number(type.replace(/\D/g, '')) <= 48 ? 1 : 1n
}

describe('errors', () => {
  const abis = [datanetsAbi, validatorsAbi, appealsAbi, modelFactoryAbi, openTokenAbi]
  const all = abis.flatMap((abi) => [...abi]).filter((item) => item.type === 'error')

  it('have a class of their own for every error of every contract, with what, remedy and values', () => {
    for (const item of all) {
      const args = item.inputs.map(sampleOf)
      const data = encodeErrorResult({ abi: [item], errorName: item.name, args } as never)
      const error = fromRevertData(data)
      expect(error, item.name).to.be.instanceOf(ContractError)
      expect(error!.name).to.equal(`${item.name}Error`)
      expect(Object.keys(error!.args as object)).to.deep.equal(item.inputs.map(({ name }) => name))
      expect(error!.shortMessage).to.match(/\.$/)
      expect(error!.metaMessages).to.have.length(1)
      expect(`${error!.shortMessage}${error!.metaMessages[0]}`).to.not.match(/undefined|NaN|\[object/)
    }
  })

  it('read as a person would say it', () => {
    const args = { contributor: zeroAddress, limit: 20n, used: 18n, asked: 3n }
    expect(new DatanetsDailyFilesExceededError(args).message).to.equal(
      [
        `${zeroAddress} asked for 3 files after 18 of the 20 a contributor may enter per UTC day over all Datanets.`,
        'Nothing was entered. Submit fewer now and the rest after midnight UTC; planSubmissions splits them.',
        `Version: @datanets/sdk@${version}`,
      ].join('\n'),
    )
  })

  it('are found wherever client, wallet or node put the data', () => {
    const data = encodeErrorResult({ abi: datanetsAbi, errorName: 'DatanetsUnknownDatanet', args: [7n] })
    const shapes: unknown[] = [
      Object.assign(new Error('viem'), { cause: Object.assign(new Error('inner'), { data }) }),
      Object.assign(new Error('wallet'), { data: { originalError: { code: 3, data } } }),
      Object.assign(new Error('node'), { cause: { code: 3, message: 'execution reverted', data } }),
      Object.assign(new Error('nested'), { data: { data } }),
    ]
    for (const shape of shapes) expect(decodeContractError(shape).name).to.equal('DatanetsUnknownDatanetError')
  })

  it('never make a revert of an outage', () => {
    const outage = new TypeError('fetch failed')
    expect(decodeContractError(outage)).to.equal(outage)
    const strange = decodeContractError(Object.assign(new Error('x'), { code: 3, data: '0xdeadbeef' as Hex }))
    expect(strange).to.be.instanceOf(UnknownRevertError)
  })

  it('know their cause', () => {
    const cause = new TypeError('inner')
    const error = new BaseError('Outer.', { cause: new BaseError('Middle.', { cause }) })
    expect(error.walk()).to.equal(cause)
    expect(error.walk((inner) => inner instanceof RangeError)).to.equal(null)
    expect(error.details).to.equal('inner')
  })

  it('name the version of the package', () => {
    const file = join(import.meta.dirname, '..', '..', 'package.json')
    expect(version).to.equal(JSON.parse(readFileSync(file, 'utf8')).version)
  })
})
