import { getLeaderboard, verifyLeaderboard } from '@datanets/sdk'
import type { LeaderboardRow } from '@datanets/sdk/utils'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { Account, Open } from '../components/amount.tsx'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { PageHead } from '../components/page.tsx'
import { ErrorNote, Read } from '../components/read.tsx'
import { Cell, Table } from '../components/table.tsx'
import { useDatanets } from '../features/datanets/queries.ts'
import { useTitleOf } from '../lib/context.ts'
import { formatPercent } from '../lib/format.ts'
import { useReader } from '../lib/wallet.ts'

type Board = { blockNumber: bigint; rows: LeaderboardRow[] }

function Recompute({ board: { blockNumber, rows }, datanetId }: { board: Board; datanetId: bigint | undefined }) {
  const client = useReader()
  const { data, error, isPending, mutate } = useMutation({
    mutationFn: () => verifyLeaderboard(client, { rows, blockNumber, datanetId }),
  })
  return (
    <div className="mt-4 space-y-2 border-t border-line pt-4">
      <Button disabled={isPending} onClick={() => mutate()}>
        {isPending ? 'Recomputing…' : 'Recompute in this browser'}
      </Button>
      {error && <ErrorNote error={error} />}
      <p role="status" className="text-sm text-soft">
        {data?.difference === null &&
          `Equal: all ${data.checked} ranks of block ${data.blockNumber} follow from the chain's events and the contract's own counters.`}
        {data?.difference &&
          `Different at rank ${data.difference.rank}: the ${data.difference.field} shown is ${data.difference.given}, the ${data.difference.source} say ${data.difference.found}.`}
      </p>
    </div>
  )
}

function Rows({ rows }: { rows: readonly LeaderboardRow[] }) {
  return (
    <Table
      label="Leaderboard"
      heads={['Rank', 'Account', 'Accepted', 'Acceptance', 'Not accepted', 'Waiting', 'Earned']}
    >
      {rows.map(({ rank, account, score, acceptanceRate, rejected, pending, rewards }) => (
        <tr key={account}>
          <Cell>{rank}</Cell>
          <Cell>
            <Link href={`/profile/${account}`}>
              <Account address={account} />
            </Link>
          </Cell>
          <Cell>{score}</Cell>
          <Cell>{acceptanceRate === null ? '–' : formatPercent(acceptanceRate)}</Cell>
          <Cell>{rejected}</Cell>
          <Cell>{pending}</Cell>
          <Cell>
            <Open wei={rewards} />
          </Cell>
        </tr>
      ))}
    </Table>
  )
}

export default function LeaderboardPage() {
  const client = useReader()
  const titleOf = useTitleOf()
  const { data: datanets = [] } = useDatanets()
  const [chosen, setChosen] = useState('')
  const datanetId = chosen === '' ? undefined : BigInt(chosen)
  const query = useQuery({
    queryKey: ['leaderboard', chosen],
    queryFn: ({ signal }) => getLeaderboard(client, { datanetId, signal }),
  })
  return (
    <>
      <PageHead
        title="Leaderboard"
        lead="Ranked by accepted contributions, ties to who got there first. Nothing else counts, and a rejection never lowers anyone."
        aside={
          <label className="flex items-center gap-2 text-sm">
            Datanet
            <select
              value={chosen}
              onChange={(event) => setChosen(event.target.value)}
              className="min-h-10 rounded-lg border border-line bg-card px-3"
            >
              <option value="">All together</option>
              {datanets.map(({ datanetId: id }) => (
                <option key={`${id}`} value={`${id}`}>
                  {titleOf(id)}
                </option>
              ))}
            </select>
          </label>
        }
      />
      <Card>
        <Read
          query={query}
          what="leaderboard"
          isEmpty={({ rows }) => rows.length === 0}
          empty={
            <>
              Nobody has contributed yet. <Link href="/contribute">Be the first.</Link>
            </>
          }
        >
          {(board) => (
            <>
              <Rows rows={board.rows} />
              <Recompute key={chosen} board={board} datanetId={datanetId} />
            </>
          )}
        </Read>
      </Card>
    </>
  )
}
