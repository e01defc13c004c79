import { claim, type GetContributorReturnType, setPayout } from '@datanets/sdk'
import { useId, useState } from 'react'
import { isAddress } from 'viem'
import { Link } from 'wouter'
import { Figure, Figures, Open } from '../components/amount.tsx'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { NeedWallet } from '../components/need-wallet.tsx'
import { PageHead } from '../components/page.tsx'
import { Read } from '../components/read.tsx'
import { Cell, Table } from '../components/table.tsx'
import { TransactionNote, useTransaction } from '../components/transaction.tsx'
import { useContributor } from '../features/contributions/queries.ts'
import { useDatanets } from '../features/datanets/queries.ts'
import { type DatanetRewards, rewardsOf } from '../features/rewards.ts'
import { useTitleOf } from '../lib/context.ts'
import { formatOpen } from '../lib/format.ts'
import { useWallet, type Wallet } from '../lib/wallet.ts'

const sumOf = (rows: readonly DatanetRewards[], of: (row: DatanetRewards) => bigint): bigint =>
  rows.reduce((sum, row) => sum + of(row), 0n)

function Claim({ wallet, claimable }: { wallet: Wallet; claimable: bigint }) {
  const [claimed, setClaimed] = useState(0n)
  const transaction = useTransaction(wallet, async (client, onProgress) => {
    const { total } = await claim(client, { onProgress })
    setClaimed(total)
  })
  return (
    <div className="mt-5 space-y-2">
      <Button
        look="primary"
        disabled={claimable === 0n || !wallet.isOnChain || transaction.isPending}
        onClick={() => transaction.mutate()}
      >
        Claim all {formatOpen(claimable)} OPEN
      </Button>
      <TransactionNote transaction={transaction} done={`Claimed ${formatOpen(claimed)} OPEN.`} />
    </div>
  )
}

function Payout({ wallet, payout }: { wallet: Wallet; payout: string }) {
  const field = useId()
  const [address, setAddress] = useState('')
  const transaction = useTransaction(wallet, async (client, onProgress) => {
    if (isAddress(address)) await setPayout(client, { payout: address, onProgress })
  })
  const isInvalid = address !== '' && !isAddress(address)
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault()
        transaction.mutate()
      }}
    >
      <p className="text-sm">
        Rewards go to <span className="break-all font-mono">{payout}</span>
        {payout === wallet.address && ', your own account'}.
      </p>
      <label htmlFor={field} className="block text-sm text-soft">
        Another address
      </label>
      <div className="flex flex-wrap gap-2">
        <input
          id={field}
          value={address}
          spellCheck={false}
          aria-invalid={isInvalid}
          aria-describedby={`${field}-note`}
          placeholder="0x…"
          onChange={(event) => setAddress(event.target.value.trim())}
          className="min-h-10 w-full rounded-lg border border-line bg-sunken px-3 font-mono text-sm sm:w-96"
        />
        <Button type="submit" disabled={!isAddress(address) || !wallet.isOnChain || transaction.isPending}>
          Change
        </Button>
      </div>
      <p id={`${field}-note`} className="text-sm text-soft">
        {isInvalid
          ? 'Not an address: 0x and 40 hexadecimal digits, with the right checksum.'
          : 'Everything claimed from now on goes there, also when somebody else claims for you.'}
      </p>
      <TransactionNote transaction={transaction} done="Changed." />
    </form>
  )
}

function PerDatanet({ rows }: { rows: readonly DatanetRewards[] }) {
  const titleOf = useTitleOf()
  return (
    <Table label="Rewards by Datanet" heads={['Datanet', 'Waiting for votes', 'Accepted', 'Claimable']}>
      {rows.map(({ datanetId, pendingFiles, pendingAtMost, accepted, claimable }) => (
        <tr key={`${datanetId}`}>
          <Cell>
            <Link href={`/datanets/${datanetId}`}>{titleOf(datanetId)}</Link>
          </Cell>
          <Cell>
            {pendingFiles === 0 ? (
              '–'
            ) : (
              <>
                {pendingFiles} files, up to <Open wei={pendingAtMost} />
              </>
            )}
          </Cell>
          <Cell>
            <Open wei={accepted} />
          </Cell>
          <Cell>
            <Open wei={claimable} />
          </Cell>
        </tr>
      ))}
    </Table>
  )
}

function Rewards({ wallet, contributor }: { wallet: Wallet; contributor: GetContributorReturnType }) {
  const { data: datanets = [] } = useDatanets()
  const rows = rewardsOf(contributor, datanets)
  const { claimable, claimed, payout, wallet: held } = contributor
  return (
    <>
      <Card title="Yours">
        <Figures>
          <Figure label="Accepted, in its challenge window">
            <Open wei={sumOf(rows, ({ accepted }) => accepted)} />
          </Figure>
          <Figure label="Claimable">
            <Open wei={claimable} />
          </Figure>
          <Figure label="Claimed so far">
            <Open wei={claimed} />
          </Figure>
          <Figure label="In your wallet">
            <Open wei={held} />
          </Figure>
        </Figures>
        <Claim wallet={wallet} claimable={claimable} />
      </Card>
      <Card title="By Datanet">
        {rows.length === 0 ? (
          <p className="text-sm text-soft">
            Nothing waits to be paid. <Link href="/contribute">Contribute a file</Link> to earn OPEN.
          </p>
        ) : (
          <PerDatanet rows={rows} />
        )}
      </Card>
      <Card title="Payout address">
        <Payout wallet={wallet} payout={payout} />
      </Card>
    </>
  )
}

export default function RewardsPage() {
  const wallet = useWallet()
  const query = useContributor(wallet?.address)
  return (
    <>
      <PageHead
        title="Rewards"
        lead="What your accepted contributions earned. One transaction claims all of it; nobody can stop or redirect it."
      />
      {wallet === undefined ? (
        <NeedWallet why="Connect a wallet to see what it has earned." />
      ) : (
        <Read query={query} what="rewards">
          {(contributor) => <Rewards wallet={wallet} contributor={contributor} />}
        </Read>
      )}
    </>
  )
}
