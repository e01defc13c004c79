import { datanetsAbi, type LotState } from '@datanets/sdk'
import type { ContentStore } from '@datanets/sdk/storage'
import { chainDigest, digestToCid, hashLot, tally } from '@datanets/sdk/utils'
import * as dagJson from '@ipld/dag-json'
import { wordOfVotes } from '../../examine/examiner.ts'
import { MAX_REPORT_BYTES } from '../../report/read.ts'
import type { Report } from '../../report/report.ts'
import type { ChainAccess } from '../context.ts'
import { compare, type Finding, unknown } from './finding.ts'

/** Recomputes a lot: its digest, its state's hash, its result from its votes, and its votes from the reports. */
export async function verifyLot(
  { client, deployment }: ChainAccess,
  store: ContentStore,
  state: LotState,
): Promise<Finding[]> {
  const findings = [compare('digest of the submissions', chainDigest(state.lotId, state.submissions), state.digest)]
  if (!state.lot) return findings
  const { address } = deployment.contracts.Datanets
  const stored = await client.readContract({ abi: datanetsAbi, address, functionName: 'lotHash', args: [state.lotId] })
  findings.push(compare('hash of the state', hashLot(state.lot), stored))

  const counted = state.attestations.filter((vote) => vote.counted)
  if (counted.length > 0) findings.push(...(await verifyResult({ client, deployment }, state, counted)))
  for (const vote of counted) findings.push(await verifyReport(store, vote))
  return findings
}

async function verifyResult(
  { client, deployment }: ChainAccess,
  { lot, itemCount, datanetId }: LotState,
  counted: LotState['attestations'],
): Promise<Finding[]> {
  const { address } = deployment.contracts.Datanets
  const terms = await client.readContract({ abi: datanetsAbi, address, functionName: 'termsOf', args: [datanetId] })
  const settled = await client.getContractEvents({
    abi: datanetsAbi,
    address,
    eventName: 'LotSettled',
    args: { lot: lot!.id },
    fromBlock: BigInt(deployment.contracts.Datanets.block),
    strict: true,
  })
  const claimed = settled.at(-1)?.args
  const found = tally({ attestations: counted, itemCount, acceptBps: terms.acceptBps })
  return [
    compare('accepted items of the votes', found.accepted, claimed?.accepted),
    compare('undecided items of the votes', found.undecided, claimed?.undecided),
  ]
}

async function verifyReport(
  store: ContentStore,
  { validatorId, accepted, rejected, report: digest }: LotState['attestations'][number],
): Promise<Finding> {
  const what = `report of validator ${validatorId}`
  let bytes: Uint8Array
  try {
    bytes = await store.get(digestToCid(digest, 'dag-json'), { maxBytes: MAX_REPORT_BYTES })
  } catch (error) {
    return unknown(what, (error as Error).message.split('\n', 1)[0]!)
  }
  try {
    const { items } = dagJson.decode<Report>(bytes)
    const words = [wordOfVotes(items, 'accept'), wordOfVotes(items, 'reject')]
    return compare(what, words.join(' / '), [accepted, rejected].join(' / '))
  } catch {
    return compare(what, 'no report', 'a report')
  }
}
