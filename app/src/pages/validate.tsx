import { getValidators, type LotState, type Validator } from '@datanets/sdk'
import { digestToCid, formatLotId, popcount } from '@datanets/sdk/utils'
import { useQuery } from '@tanstack/react-query'
import { Account, Open } from '../components/amount.tsx'
import { Card } from '../components/card.tsx'
import { PageHead } from '../components/page.tsx'
import { Read } from '../components/read.tsx'
import { Status } from '../components/status.tsx'
import { Cell, Table } from '../components/table.tsx'
import { LotTable } from '../features/datanets/lots.tsx'
import { useLots } from '../features/datanets/queries.ts'
import { useReader } from '../lib/wallet.ts'

const QUEUE = ['open', 'closed', 'appealed']
const SHOWN_REPORTS = 30

function Validators({ validators }: { validators: readonly Validator[] }) {
  return (
    <Table label="Validators" heads={['Validator', 'Account', 'Stake', 'Seat tickets', 'Fees to claim', 'State']}>
      {validators.map(({ validatorId, account, stake, units, lotFees, stakerFees, unbondingUnits, slashed }) => (
        <tr key={`${validatorId}`}>
          <Cell>{`${validatorId}`}</Cell>
          <Cell>
            <Account address={account} />
          </Cell>
          <Cell>
            <Open wei={stake} />
          </Cell>
          <Cell>{units}</Cell>
          <Cell>
            <Open wei={lotFees + stakerFees} />
          </Cell>
          <Cell>
            {slashed ? (
              <Status>slashed</Status>
            ) : unbondingUnits > 0 ? (
              <Status tone="wait">unbonding</Status>
            ) : (
              <Status tone="good">active</Status>
            )}
          </Cell>
        </tr>
      ))}
    </Table>
  )
}

/** One line for each attestation: who said what of which lot, and where the reasons are. */
function Reports({ lots }: { lots: readonly LotState[] }) {
  const rows = lots.flatMap(({ lotId, attestations }) => attestations.map((vote) => ({ lotId, ...vote })))
  return (
    <Table label="Reports" heads={['Lot', 'Validator', 'Accepts', 'Rejects', 'Earned', 'Report on IPFS']}>
      {rows.slice(0, SHOWN_REPORTS).map(({ lotId, seat, validatorId, accepted, rejected, pay, report }) => (
        <tr key={`${lotId}-${seat}`}>
          <Cell>{formatLotId(lotId)}</Cell>
          <Cell>{validatorId}</Cell>
          <Cell>{popcount(accepted)}</Cell>
          <Cell>{popcount(rejected)}</Cell>
          <Cell>
            <Open wei={pay} />
          </Cell>
          <Cell>
            <span className="font-mono text-xs">{digestToCid(report, 'dag-json').toString()}</span>
          </Cell>
        </tr>
      ))}
    </Table>
  )
}

export default function ValidatePage() {
  const client = useReader()
  const validators = useQuery({ queryKey: ['validators'], queryFn: ({ signal }) => getValidators(client, { signal }) })
  const lots = useLots()
  const inQueue = (all: LotState[]) => all.filter(({ status }) => QUEUE.includes(status))
  return (
    <>
      <PageHead
        title="Validate"
        lead="Who is staked, what waits for votes, and what each validator signed. Votes themselves are signed by validator nodes."
      />
      <Card title="Seats">
        <Read
          query={validators}
          what="validators"
          isEmpty={(all) => all.length === 0}
          empty="Nobody is staked yet. Run a node with npm run datanet -- node."
        >
          {(all) => <Validators validators={all} />}
        </Read>
      </Card>
      <Card title="Queue">
        <Read
          query={lots}
          what="queue"
          isEmpty={(all) => inQueue(all).length === 0}
          empty="No lot waits for votes right now."
        >
          {(all) => <LotTable lots={inQueue(all)} />}
        </Read>
      </Card>
      <Card title="Votes and reports">
        <Read
          query={lots}
          what="reports"
          isEmpty={(all) => all.every(({ attestations }) => attestations.length === 0)}
          empty="No votes are on chain yet."
        >
          {(all) => <Reports lots={all} />}
        </Read>
      </Card>
    </>
  )
}
