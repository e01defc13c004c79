import type { LotState, LotStatus } from '@datanets/sdk'
import { formatLotId, popcount } from '@datanets/sdk/utils'
import { Status } from '../../components/status.tsx'
import { Cell, Table } from '../../components/table.tsx'
import { formatTime } from '../../lib/format.ts'

const WORDS: Record<LotStatus, [string, 'good' | 'wait' | 'soft']> = {
  open: ['taking files', 'wait'],
  closed: ['being voted on', 'wait'],
  settled: ['can be challenged', 'wait'],
  appealed: ['appealed', 'wait'],
  accrued: ['paid', 'good'],
  lapsed: ['lapsed', 'soft'],
}

export function LotStatusWord({ status }: { status: LotStatus }) {
  const [word, tone] = WORDS[status]
  return <Status tone={tone}>{word}</Status>
}

function nextOf({ status, deadlines }: LotState): string {
  if (status === 'open') return deadlines.closableAt ? `closes after ${formatTime(deadlines.closableAt)}` : 'can close'
  if (status === 'closed') return `votes until ${formatTime(deadlines.voteDeadline!)}`
  if (status === 'settled') return `final at ${formatTime(deadlines.challengeDeadline!)}`
  return ''
}

/** Lots with what their validators said. */
export function LotTable({ lots }: { lots: readonly LotState[] }) {
  return (
    <Table label="Lots" heads={['Lot', 'State', 'Files', 'Accepted', 'Votes', 'Next']}>
      {lots.map((lot) => (
        <tr key={lot.lotId.toString()}>
          <Cell>{formatLotId(lot.lotId)}</Cell>
          <Cell>
            <LotStatusWord status={lot.status} />
          </Cell>
          <Cell>{lot.itemCount}</Cell>
          <Cell>{lot.lot && lot.status !== 'closed' ? popcount(lot.lot.accepted) : '–'}</Cell>
          <Cell>{lot.seats.length === 0 ? '–' : `${lot.attestations.length} of ${lot.seats.length}`}</Cell>
          <Cell>{nextOf(lot) || '–'}</Cell>
        </tr>
      ))}
    </Table>
  )
}
