import { getContribution, getContributions } from '../queries/contributions.ts'
import { getAccruals, getClaims, getContributor } from '../queries/contributors.ts'
import { getDatanet, getDatanetDays, getDatanets } from '../queries/datanets.ts'
import { getImpact } from '../queries/impact.ts'
import { getLeaderboard } from '../queries/leaderboard.ts'
import { parseAddress, parseHash } from '../queries/list.ts'
import { getLot, getLots } from '../queries/lots.ts'
import { getFees, getRun, getRuns, getShares } from '../queries/runs.ts'
import { search } from '../queries/search.ts'
import { getValidator, getValidators, getVotes } from '../queries/validators.ts'
import type { Store } from '../store/store.ts'
import { toInteger, toLotStatus, toPaging, toWindow } from './parameters.ts'

export type Parameters = Record<string, string>

export type Route = {
  /** Below `/v1`, parameters in braces. */
  path: string
  summary: string
  /** Names of query parameters, see `openapi.ts`. */
  query: readonly string[]
  /** Type of the answer, by its name in the GraphQL schema. */
  result: string
  answer: (store: Store, path: Parameters, query: Parameters) => Promise<object>
}

const paging = ['limit', 'after'] as const
const MAX_DAYS = 366

/** The JSON API, route by route; the OpenAPI document is made of the same list. */
export const routes: readonly Route[] = [
  {
    path: '/leaderboard',
    summary: 'Contributors by accepted contributions, ties to the earlier one to reach the score.',
    query: ['datanet', 'window', ...paging],
    result: 'LeaderboardPage',
    answer: (store, _, query) =>
      getLeaderboard(store, {
        ...toPaging(query),
        datanetId: toInteger('datanet', query.datanet),
        window: toWindow(query.window),
      }),
  },
  {
    path: '/impact',
    summary: 'Contributors by OPEN earned from runs.',
    query: ['window', ...paging],
    result: 'ImpactPage',
    answer: (store, _, query) => getImpact(store, { ...toPaging(query), window: toWindow(query.window) }),
  },
  {
    path: '/datanets',
    summary: 'Datanets in order of creation.',
    query: paging,
    result: 'DatanetPage',
    answer: (store, _, query) => getDatanets(store, toPaging(query)),
  },
  {
    path: '/datanets/{id}',
    summary: 'One Datanet.',
    query: [],
    result: 'Datanet',
    answer: (store, { id }) => getDatanet(store, toInteger('id', id) ?? 0),
  },
  {
    path: '/datanets/{id}/days',
    summary: 'What happened in a Datanet on each of the last UTC days; days without an event are left out.',
    query: ['days'],
    result: 'DatanetDays',
    answer: (store, { id }, query) =>
      getDatanetDays(store, toInteger('id', id) ?? 0, toInteger('days', query.days, MAX_DAYS)),
  },
  {
    path: '/contributors/{account}',
    summary: 'One contributor, with its standing in each Datanet.',
    query: [],
    result: 'Contributor',
    answer: (store, { account }) => getContributor(store, parseAddress(account!)),
  },
  {
    path: '/contributors/{account}/contributions',
    summary: 'Contributions of one contributor, the newest first.',
    query: ['datanet', ...paging],
    result: 'ContributionPage',
    answer: (store, { account }, query) =>
      getContributions(store, {
        ...toPaging(query),
        contributor: parseAddress(account!),
        datanetId: toInteger('datanet', query.datanet),
      }),
  },
  {
    path: '/contributors/{account}/accruals',
    summary: 'Payments to a contributor’s balances, the newest first.',
    query: paging,
    result: 'PaymentPage',
    answer: (store, { account }, query) => getAccruals(store, parseAddress(account!), toPaging(query)),
  },
  {
    path: '/contributors/{account}/claims',
    summary: 'What left for a contributor’s wallet, the newest first.',
    query: paging,
    result: 'PaymentPage',
    answer: (store, { account }, query) => getClaims(store, parseAddress(account!), toPaging(query)),
  },
  {
    path: '/contributions',
    summary: 'Contributions in order of Datanet, lot and item.',
    query: ['datanet', ...paging],
    result: 'ContributionPage',
    answer: (store, _, query) =>
      getContributions(store, { ...toPaging(query), datanetId: toInteger('datanet', query.datanet) }),
  },
  {
    path: '/contributions/{id}',
    summary: 'One contribution.',
    query: [],
    result: 'Contribution',
    answer: (store, { id }) => getContribution(store, id!),
  },
  {
    path: '/lots',
    summary: 'Lots, the newest of each Datanet first.',
    query: ['datanet', 'status', ...paging],
    result: 'LotPage',
    answer: (store, _, query) =>
      getLots(store, {
        ...toPaging(query),
        datanetId: toInteger('datanet', query.datanet),
        status: toLotStatus(query.status),
      }),
  },
  {
    path: '/lots/{id}',
    summary: 'One lot with its submissions, every vote and its appeal.',
    query: [],
    result: 'LotDetail',
    answer: (store, { id }) => getLot(store, id!),
  },
  {
    path: '/validators',
    summary: 'Validators in order of registration.',
    query: paging,
    result: 'ValidatorPage',
    answer: (store, _, query) => getValidators(store, toPaging(query)),
  },
  {
    path: '/validators/{id}',
    summary: 'One validator, its agreement with results and its information score.',
    query: [],
    result: 'Validator',
    answer: (store, { id }) => getValidator(store, toInteger('id', id) ?? 0),
  },
  {
    path: '/validators/{id}/votes',
    summary: 'How a validator voted, the newest first.',
    query: paging,
    result: 'VotePage',
    answer: (store, { id }, query) => getVotes(store, toInteger('id', id) ?? 0, toPaging(query)),
  },
  {
    path: '/runs',
    summary: 'Training runs, the newest first.',
    query: ['owner', ...paging],
    result: 'RunPage',
    answer: (store, _, query) =>
      getRuns(store, { ...toPaging(query), owner: query.owner === undefined ? undefined : parseAddress(query.owner) }),
  },
  {
    path: '/runs/{id}',
    summary: 'One run with its lineage and every validator’s word on its results.',
    query: [],
    result: 'RunDetail',
    answer: (store, { id }) => getRun(store, parseHash(id!)),
  },
  {
    path: '/runs/{id}/shares',
    summary: 'Shares of a run that were paid, in the order of its tree.',
    query: paging,
    result: 'SharePage',
    answer: (store, { id }, query) => getShares(store, parseHash(id!), toPaging(query)),
  },
  {
    path: '/runs/{id}/fees',
    summary: 'Fees paid for a run and how they were split, the newest first.',
    query: paging,
    result: 'FeePage',
    answer: (store, { id }, query) => getFees(store, parseHash(id!), toPaging(query)),
  },
  {
    path: '/search',
    summary: 'Everything with this account, hash, CID or id.',
    query: ['q'],
    result: 'SearchHits',
    answer: (store, _, query) => search(store, query.q ?? ''),
  },
]
