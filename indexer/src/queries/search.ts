import { cidToDigest, parseCid } from '@datanets/sdk/utils'
import type { Hex } from 'viem'
import type { SearchHit } from '../api/types.ts'
import type { Parameter, Store } from '../store/store.ts'
import type { Shape } from '../store/table.ts'
import { InvalidQueryError } from './page.ts'

/** Most hits of one kind. */
const MAX_HITS = 20

type Lookup = {
  kind: SearchHit['kind']
  matched: string
  shape: Shape
  sql: string
  toId: (row: Record<string, unknown>) => string
  folder: string
}

const lotShape = { datanetId: 'integer', lotNumber: 'integer', first: 'integer' } as const
const toContributionId = (row: Record<string, unknown>) => `${row.datanetId}-${row.lotNumber}-${row.first}`

const byWord: Lookup[] = [
  {
    kind: 'run',
    matched: 'id',
    shape: { id: 'bytes' },
    sql: 'select id from run where id = ?',
    toId: ({ id }) => String(id),
    folder: 'runs',
  },
  {
    kind: 'run',
    matched: 'dataset',
    shape: { id: 'bytes' },
    sql: 'select id from run where dataset = ?',
    toId: ({ id }) => String(id),
    folder: 'runs',
  },
  {
    kind: 'lot',
    matched: 'digest',
    shape: { datanetId: 'integer', number: 'integer' },
    sql: 'select datanet_id, number from lot where digest = ?',
    toId: ({ datanetId, number }) => `${datanetId}-${number}`,
    folder: 'lots',
  },
  ...(['root', 'manifests', 'transaction_hash'] as const).map(
    (column): Lookup => ({
      kind: 'submission',
      matched: column.replace('_', ' '),
      shape: lotShape,
      sql: `select datanet_id, lot_number, first from submission where ${column} = ?`,
      toId: toContributionId,
      folder: 'contributions',
    }),
  ),
]

const byAccount: Lookup[] = [
  {
    kind: 'contributor',
    matched: 'account',
    shape: { address: 'bytes' },
    sql: 'select address from account where address = ?',
    toId: ({ address }) => String(address),
    folder: 'contributors',
  },
  {
    kind: 'validator',
    matched: 'account',
    shape: { id: 'integer' },
    sql: 'select id from validator where account = ?',
    toId: ({ id }) => String(id),
    folder: 'validators',
  },
  {
    kind: 'validator',
    matched: 'signing key',
    shape: { validatorId: 'integer' },
    sql: 'select validator_id from signing_key where address = ?',
    toId: ({ validatorId }) => String(validatorId),
    folder: 'validators',
  },
]

/** Everything that has this hash, CID, account or text id. */
export async function search(store: Store, text: string): Promise<{ items: SearchHit[] }> {
  const query = text.trim()
  if (/^0x[0-9a-fA-F]{40}$/.test(query)) return look(store, byAccount, query.toLowerCase() as Hex)
  if (/^0x[0-9a-fA-F]{64}$/.test(query)) return look(store, byWord, query.toLowerCase() as Hex)
  if (/^[1-9]\d{0,9}(-\d{1,10}){0,2}$/.test(query)) return { items: [byTextId(query)] }
  return look(store, byWord, digestOf(query))
}

function digestOf(text: string): Hex {
  try {
    return cidToDigest(parseCid(text))
  } catch {
    throw new InvalidQueryError(
      'q',
      text.slice(0, 100),
      'an account, a hash, a CID, or an id such as 3, 3-12 or 3-12-7',
    )
  }
}

function byTextId(id: string): SearchHit {
  const kind = (['datanet', 'lot', 'contribution'] as const)[id.split('-').length - 1]!
  return { kind, id, path: `/v1/${kind}s/${id}`, matched: 'id' }
}

async function look(store: Store, lookups: Lookup[], value: Parameter): Promise<{ items: SearchHit[] }> {
  const found = await Promise.all(
    lookups.map(async ({ kind, matched, shape, sql, toId, folder }) => {
      const rows = await store.read(shape, `${sql} limit ${MAX_HITS}`, [value])
      return rows.map((row): SearchHit => {
        const id = toId(row)
        return { kind, id, path: `/v1/${folder}/${id}`, matched }
      })
    }),
  )
  return { items: found.flat() }
}
