import { type Address, isAddress } from 'viem'
import { Figure, Figures, Open } from '../components/amount.tsx'
import { Card } from '../components/card.tsx'
import { PageHead } from '../components/page.tsx'
import { Read } from '../components/read.tsx'
import { ContributionList } from '../features/contributions/list.tsx'
import { useContributor } from '../features/contributions/queries.ts'

export default function ProfilePage({ params: { account } }: { params: { account: string } }) {
  if (!isAddress(account))
    return <PageHead title="No such account" lead="The address in this page's link is no account." />
  return <Profile account={account} />
}

function Profile({ account }: { account: Address }) {
  const query = useContributor(account)
  return (
    <>
      <PageHead title="Profile" lead={<span className="break-all font-mono text-sm">{account}</span>} />
      <Read query={query} what="profile">
        {({ score, rewards, claimed, contributions }) => (
          <>
            <Card title="In all">
              <Figures>
                <Figure label="Accepted and paid">{score}</Figure>
                <Figure label="Contributions">{contributions.length}</Figure>
                <Figure label="Earned">
                  <Open wei={rewards} />
                </Figure>
                <Figure label="Claimed">
                  <Open wei={claimed} />
                </Figure>
              </Figures>
            </Card>
            <Card title="Contributions">
              {contributions.length === 0 ? (
                <p className="text-sm text-soft">This account has not contributed yet.</p>
              ) : (
                <ContributionList contributions={contributions} />
              )}
            </Card>
          </>
        )}
      </Read>
    </>
  )
}
