import type { Datanet, GetContributorReturnType } from '@datanets/sdk'
import { expect } from 'chai'
import { rewardsOf } from './rewards.ts'

const datanet = (datanetId: bigint, rewardPerFile: bigint) =>
  ({ datanetId, terms: { rewardPerFile } }) as Pick<Datanet, 'datanetId' | 'terms'>

const contributions = (['pending', 'pending', 'accepted', 'rejected', 'accrued'] as const).map((status) => ({
  datanetId: 1n,
  status,
})) as GetContributorReturnType['contributions']

describe('rewardsOf', () => {
  it('counts pending and accepted files by what their Datanet pays, and takes the claimable balance as it is', () => {
    const balances = [{ datanetId: 1n, balance: 5n, score: 1, scoredAt: 9 }]
    expect(rewardsOf({ contributions, datanets: balances }, [datanet(1n, 5n), datanet(2n, 8n)])).to.deep.equal([
      { datanetId: 1n, pendingFiles: 2, pendingAtMost: 10n, accepted: 5n, claimable: 5n },
    ])
  })

  it('leaves out what has nothing coming', () => {
    const rejected = contributions.filter(({ status }) => status === 'rejected')
    expect(rewardsOf({ contributions: rejected, datanets: [] }, [datanet(1n, 5n)])).to.deep.equal([])
  })
})
