import type { Client } from 'viem'
import { type ExplainParameters, type ExplainReturnType, explain } from '../actions/explain.ts'
import { type GetAppealParameters, type GetAppealReturnType, getAppeal } from '../actions/getAppeal.ts'
import { type GetBalanceParameters, type GetBalanceReturnType, getBalance } from '../actions/getBalance.ts'
import { type GetBalancesParameters, type GetBalancesReturnType, getBalances } from '../actions/getBalances.ts'
import {
  type GetContributionParameters,
  type GetContributionReturnType,
  getContribution,
} from '../actions/getContribution.ts'
import {
  type GetContributorParameters,
  type GetContributorReturnType,
  getContributor,
} from '../actions/getContributor.ts'
import { type GetDatanetParameters, type GetDatanetReturnType, getDatanet } from '../actions/getDatanet.ts'
import { type GetDatanetsParameters, type GetDatanetsReturnType, getDatanets } from '../actions/getDatanets.ts'
import {
  type GetLeaderboardParameters,
  type GetLeaderboardReturnType,
  getLeaderboard,
} from '../actions/getLeaderboard.ts'
import { type GetLotParameters, type GetLotReturnType, getLot } from '../actions/getLot.ts'
import { type GetLotItemsParameters, type GetLotItemsReturnType, getLotItems } from '../actions/getLotItems.ts'
import { type GetLotsParameters, type GetLotsReturnType, getLots } from '../actions/getLots.ts'
import { type GetRulesParameters, type GetRulesReturnType, getRules } from '../actions/getRules.ts'
import {
  type GetRunParameters,
  type GetRunReturnType,
  type GetRunsParameters,
  type GetRunsReturnType,
  getRun,
  getRuns,
} from '../actions/getRun.ts'
import { type GetUsageParameters, type GetUsageReturnType, getUsage } from '../actions/getUsage.ts'
import { type GetValidatorParameters, type GetValidatorReturnType, getValidator } from '../actions/getValidator.ts'
import { type GetValidatorsParameters, type GetValidatorsReturnType, getValidators } from '../actions/getValidators.ts'
import {
  type PlannedFile,
  type PlanSubmissionsParameters,
  type PlanSubmissionsReturnType,
  planSubmissions,
} from '../actions/planSubmissions.ts'
import {
  type ProveContributionParameters,
  type ProveContributionReturnType,
  proveContribution,
} from '../actions/proveContribution.ts'
import {
  type VerifyLeaderboardParameters,
  type VerifyLeaderboardReturnType,
  verifyLeaderboard,
} from '../actions/verifyLeaderboard.ts'
import { type VerifyReceiptParameters, type VerifyReceiptReturnType, verifyReceipt } from '../actions/verifyReceipt.ts'
import {
  type Unwatch,
  type WatchEventsParameters,
  type WatchLeaderboardParameters,
  type WatchLotParameters,
  watchEvents,
  watchLeaderboard,
  watchLot,
} from '../actions/watch.ts'
import type { DeploymentParameter } from '../addresses.ts'
import type { DatanetsEventName } from '../events/types.ts'

/** Reads of the protocol, attached to a client. */
export type PublicActionsDatanets = {
  explain: (parameters: ExplainParameters) => Promise<ExplainReturnType>
  getAppeal: (parameters: GetAppealParameters) => Promise<GetAppealReturnType>
  getBalance: (parameters: GetBalanceParameters) => Promise<GetBalanceReturnType>
  getBalances: (parameters: GetBalancesParameters) => Promise<GetBalancesReturnType>
  getContribution: (parameters: GetContributionParameters) => Promise<GetContributionReturnType>
  getContributor: (parameters: GetContributorParameters) => Promise<GetContributorReturnType>
  getDatanet: (parameters: GetDatanetParameters) => Promise<GetDatanetReturnType>
  getDatanets: (parameters?: GetDatanetsParameters) => Promise<GetDatanetsReturnType>
  getLeaderboard: (parameters?: GetLeaderboardParameters) => Promise<GetLeaderboardReturnType>
  getLot: (parameters: GetLotParameters) => Promise<GetLotReturnType>
  getLotItems: (parameters: GetLotItemsParameters) => Promise<GetLotItemsReturnType>
  getLots: (parameters?: GetLotsParameters) => Promise<GetLotsReturnType>
  getRules: (parameters: GetRulesParameters) => Promise<GetRulesReturnType>
  getRun: (parameters: GetRunParameters) => Promise<GetRunReturnType>
  getRuns: (parameters?: GetRunsParameters) => Promise<GetRunsReturnType>
  getUsage: (parameters: GetUsageParameters) => Promise<GetUsageReturnType>
  getValidator: (parameters: GetValidatorParameters) => Promise<GetValidatorReturnType>
  getValidators: (parameters?: GetValidatorsParameters) => Promise<GetValidatorsReturnType>
  planSubmissions: <file extends PlannedFile>(
    parameters: PlanSubmissionsParameters<file>,
  ) => Promise<PlanSubmissionsReturnType<file>>
  proveContribution: (parameters: ProveContributionParameters) => Promise<ProveContributionReturnType>
  verifyLeaderboard: (parameters: VerifyLeaderboardParameters) => Promise<VerifyLeaderboardReturnType>
  verifyReceipt: (parameters: VerifyReceiptParameters) => Promise<VerifyReceiptReturnType>
  watchEvents: <name extends DatanetsEventName>(parameters: WatchEventsParameters<name>) => Unwatch
  watchLeaderboard: (parameters: WatchLeaderboardParameters) => Unwatch
  watchLot: (parameters: WatchLotParameters) => Unwatch
}

/**
 * Attaches the reads to a client: `client.extend(publicActionsDatanets())`.
 *
 * @param options.deployment - The deployment all of them work with; the one of the client's chain by default.
 */
export function publicActionsDatanets({ deployment }: DeploymentParameter = {}) {
  return (client: Client): PublicActionsDatanets => ({
    explain: (parameters) => explain(client, { deployment, ...parameters }),
    getAppeal: (parameters) => getAppeal(client, { deployment, ...parameters }),
    getBalance: (parameters) => getBalance(client, { deployment, ...parameters }),
    getBalances: (parameters) => getBalances(client, { deployment, ...parameters }),
    getContribution: (parameters) => getContribution(client, { deployment, ...parameters }),
    getContributor: (parameters) => getContributor(client, { deployment, ...parameters }),
    getDatanet: (parameters) => getDatanet(client, { deployment, ...parameters }),
    getDatanets: (parameters) => getDatanets(client, { deployment, ...parameters }),
    getLeaderboard: (parameters) => getLeaderboard(client, { deployment, ...parameters }),
    getLot: (parameters) => getLot(client, { deployment, ...parameters }),
    getLotItems: (parameters) => getLotItems(client, { deployment, ...parameters }),
    getLots: (parameters) => getLots(client, { deployment, ...parameters }),
    getRules: (parameters) => getRules(client, { deployment, ...parameters }),
    getRun: (parameters) => getRun(client, { deployment, ...parameters }),
    getRuns: (parameters) => getRuns(client, { deployment, ...parameters }),
    getUsage: (parameters) => getUsage(client, { deployment, ...parameters }),
    getValidator: (parameters) => getValidator(client, { deployment, ...parameters }),
    getValidators: (parameters) => getValidators(client, { deployment, ...parameters }),
    planSubmissions: (parameters) => planSubmissions(client, { deployment, ...parameters }),
    proveContribution: (parameters) => proveContribution(client, { deployment, ...parameters }),
    verifyLeaderboard: (parameters) => verifyLeaderboard(client, { deployment, ...parameters }),
    verifyReceipt: (parameters) => verifyReceipt(client, { deployment, ...parameters }),
    watchEvents: (parameters) => watchEvents(client, { deployment, ...parameters }),
    watchLeaderboard: (parameters) => watchLeaderboard(client, { deployment, ...parameters }),
    watchLot: (parameters) => watchLot(client, { deployment, ...parameters }),
  })
}
