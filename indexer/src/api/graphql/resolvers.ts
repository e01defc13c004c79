import { buildSchema, type GraphQLObjectType, type GraphQLSchema } from 'graphql'
import { getContribution, getContributions } from '../../queries/contributions.ts'
import { getAccruals, getClaims, getContributor } from '../../queries/contributors.ts'
import { getDatanet, getDatanetDays, getDatanets } from '../../queries/datanets.ts'
import { getImpact } from '../../queries/impact.ts'
import { getLeaderboard } from '../../queries/leaderboard.ts'
import { parseAddress, parseHash } from '../../queries/list.ts'
import { getLot, getLots } from '../../queries/lots.ts'
import { getFees, getRun, getRuns, getShares } from '../../queries/runs.ts'
import { search } from '../../queries/search.ts'
import { getValidator, getValidators, getVotes } from '../../queries/validators.ts'
import type { Store } from '../../store/store.ts'
import type {
  Contribution,
  Contributor,
  Datanet,
  ImpactEntry,
  LeaderboardEntry,
  Lot,
  LotStatus,
  Run,
  Validator,
  Window,
} from '../types.ts'
import { typeDefinitions } from './schema.ts'

type Paging = { limit?: number; after?: string }
type Resolver<S, A> = (source: S, args: A, context: { store: Store }) => unknown

/** The schema with its own fields: everything else is a property of what the query returned. */
export function createSchema(): GraphQLSchema {
  const schema = buildSchema(typeDefinitions)
  for (const [typeName, fields] of Object.entries(resolvers)) {
    const type = schema.getType(typeName) as GraphQLObjectType
    for (const [name, resolve] of Object.entries(fields)) type.getFields()[name]!.resolve = resolve as never
  }
  return schema
}

function resolver<A, S = unknown>(resolve: Resolver<S, A>): Resolver<S, A> {
  return resolve
}

const contributorOf = resolver<object, LeaderboardEntry | ImpactEntry>(({ account }, _, { store }) =>
  getContributor(store, parseAddress(account)),
)

const resolvers = {
  Query: {
    leaderboard: resolver<Paging & { datanetId?: number; window?: Window }>((_, args, { store }) =>
      getLeaderboard(store, args),
    ),
    impact: resolver<Paging & { window?: Window }>((_, args, { store }) => getImpact(store, args)),
    datanets: resolver<Paging>((_, args, { store }) => getDatanets(store, args)),
    datanet: resolver<{ id: number }>((_, { id }, { store }) => getDatanet(store, id)),
    contributor: resolver<{ account: string }>((_, { account }, { store }) =>
      getContributor(store, parseAddress(account)),
    ),
    contributions: resolver<Paging & { datanetId?: number; contributor?: string }>((_, args, { store }) =>
      getContributions(store, {
        ...args,
        contributor: args.contributor === undefined ? undefined : parseAddress(args.contributor),
      }),
    ),
    contribution: resolver<{ id: string }>((_, { id }, { store }) => getContribution(store, id)),
    lots: resolver<Paging & { datanetId?: number; status?: LotStatus }>((_, args, { store }) => getLots(store, args)),
    lot: resolver<{ id: string }>((_, { id }, { store }) => getLot(store, id)),
    validators: resolver<Paging>((_, args, { store }) => getValidators(store, args)),
    validator: resolver<{ id: number }>((_, { id }, { store }) => getValidator(store, id)),
    runs: resolver<Paging & { owner?: string }>((_, args, { store }) =>
      getRuns(store, { ...args, owner: args.owner === undefined ? undefined : parseAddress(args.owner) }),
    ),
    run: resolver<{ id: string }>((_, { id }, { store }) => getRun(store, parseHash(id))),
    search: resolver<{ q: string }>((_, { q }, { store }) => search(store, q)),
  },
  LeaderboardEntry: { contributor: contributorOf },
  ImpactEntry: { contributor: contributorOf },
  Contributor: {
    contributions: resolver<Paging, Contributor>(({ account }, args, { store }) =>
      getContributions(store, { ...args, contributor: parseAddress(account) }),
    ),
    accruals: resolver<Paging, Contributor>(({ account }, args, { store }) =>
      getAccruals(store, parseAddress(account), args),
    ),
    claims: resolver<Paging, Contributor>(({ account }, args, { store }) =>
      getClaims(store, parseAddress(account), args),
    ),
  },
  Contribution: { lotDetail: resolver<object, Contribution>(({ lot }, _, { store }) => getLot(store, lot)) },
  Lot: { detail: resolver<object, Lot>(({ id }, _, { store }) => getLot(store, id)) },
  Datanet: {
    leaderboard: resolver<Paging & { window?: Window }, Datanet>(({ id }, args, { store }) =>
      getLeaderboard(store, { ...args, datanetId: id }),
    ),
    contributions: resolver<Paging, Datanet>(({ id }, args, { store }) =>
      getContributions(store, { ...args, datanetId: id }),
    ),
    days: resolver<{ days?: number }, Datanet>(({ id }, { days }, { store }) => getDatanetDays(store, id, days)),
  },
  Validator: {
    history: resolver<Paging, Validator>(({ id }, args, { store }) => getVotes(store, id, args)),
  },
  Run: {
    shares: resolver<Paging, Run>(({ id }, args, { store }) => getShares(store, id, args)),
    feesPaid: resolver<Paging, Run>(({ id }, args, { store }) => getFees(store, id, args)),
  },
}
