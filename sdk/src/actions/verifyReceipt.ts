import { type Client, type Hex, isAddressEqual } from 'viem'
import { getBlock, getTransactionReceipt } from 'viem/actions'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import type { Receipt, ReceiptEvent } from '../types/receipt.ts'
import { checkReceipt, type ReceiptCheck } from '../utils/receipt.ts'
import { mapLimited } from './internal/read.ts'

export type VerifyReceiptParameters = DeploymentParameter & { receipt: Receipt }

export type VerifyReceiptReturnType = ReceiptCheck

/** Checks a receipt link by link against the headers a node gives; see `checkReceipt` for doing so without a node. */
export async function verifyReceipt(
  client: Client,
  { deployment, receipt }: VerifyReceiptParameters,
): Promise<VerifyReceiptReturnType> {
  const { chainId, contracts } = await resolveDeployment(client, deployment)
  const events = [...receipt.events, ...receipt.runs.flatMap((run) => [run.opened, run.anchored, ...run.payments])]
  const numbers = [...new Set(events.map(({ blockNumber }) => BigInt(blockNumber)))]
  const headers = await mapLimited(numbers, (blockNumber) => getBlock(client, { blockNumber }))
  const roots = new Map<bigint, Hex>(headers.map(({ number, receiptsRoot }) => [number, receiptsRoot]))
  const transactions = new Map(headers.map((header) => [header.number, header.transactions]))
  const misnamed = events.find(({ blockNumber, transactionHash, transactionIndex }) => {
    return transactions.get(BigInt(blockNumber))?.[transactionIndex] !== transactionHash
  })
  const seen = new Set<ReceiptEvent>()
  // Where a chain's receipts have a shape of their own, the node's word has to do.
  for (const event of events) if (event.proof.length === 0 && (await isLogged(client, event))) seen.add(event)
  const check = checkReceipt(receipt, {
    chainId,
    contracts: { datanets: contracts.Datanets.address, modelFactory: contracts.ModelFactory.address },
    rootOf: (number) => roots.get(number),
    hasSeen: (event) => seen.has(event),
  })
  if (!misnamed) return check
  const reason = `${misnamed.transactionHash} is not the transaction of ${misnamed.name}`
  const link = { link: `event ${misnamed.name}`, reason }
  return { valid: false, failed: check.failed ?? link, links: [...check.links, link] }
}

async function isLogged(client: Client, event: ReceiptEvent): Promise<boolean> {
  const { blockNumber, logs, status } = await getTransactionReceipt(client, { hash: event.transactionHash })
  const log = logs[event.position]
  if (status !== 'success' || blockNumber !== BigInt(event.blockNumber) || !log) return false
  const sameTopics = log.topics.join() === event.topics.join()
  return isAddressEqual(log.address, event.address) && log.data === event.data && sameTopics
}
