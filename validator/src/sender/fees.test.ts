import { expect } from 'chai'
import fc from 'fast-check'
import { FeeCapError } from '../errors/transactions.ts'
import { bumpFees, capFees, maxFees } from './fees.ts'

const wei = fc.bigInt({ min: 0n, max: 10n ** 15n })

describe('fees', () => {
  it('a bump is at least an eighth more, so that every node takes the replacement', () => {
    fc.assert(
      fc.property(wei, wei, (maxFeePerGas, maxPriorityFeePerGas) => {
        const bumped = bumpFees({ maxFeePerGas, maxPriorityFeePerGas })
        return (
          bumped.maxFeePerGas * 8n >= maxFeePerGas * 9n && bumped.maxPriorityFeePerGas * 8n >= maxPriorityFeePerGas * 9n
        )
      }),
    )
  })

  it('error: FeeCapError above the cap, with both values in gwei', () => {
    const offer = { maxFeePerGas: 300_000_000_000n, maxPriorityFeePerGas: 1n }
    expect(() => capFees(offer, { cap: 200_000_000_000n, purpose: 'settle 3-12' })).to.throw(
      FeeCapError,
      'gas costs 300 gwei and the limit is 200 gwei',
    )
  })

  it('cuts the tip to what the offer leaves', () => {
    const capped = capFees({ maxFeePerGas: 5n, maxPriorityFeePerGas: 9n }, { cap: 10n, purpose: 'x' })
    expect(capped).to.deep.equal({ maxFeePerGas: 5n, maxPriorityFeePerGas: 5n })
  })

  it('takes the higher of two offers, part by part', () => {
    const higher = maxFees(
      { maxFeePerGas: 1n, maxPriorityFeePerGas: 9n },
      { maxFeePerGas: 5n, maxPriorityFeePerGas: 2n },
    )
    expect(higher).to.deep.equal({ maxFeePerGas: 5n, maxPriorityFeePerGas: 9n })
  })
})
