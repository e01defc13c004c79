import { join } from 'node:path'
import { claim, getBalances } from '@datanets/sdk'
import { type FolderFile, listFolder } from '@datanets/sdk/node'
import type { LeaderboardRow } from '@datanets/sdk/utils'
import type { Account, Address, Hex } from 'viem'
import { makeBadSamples, SAMPLES_DIR } from '../make-samples.ts'
import { people } from '../stack/accounts.ts'
import type { Stack } from '../stack/stack.ts'
import { type Contributed, contribute } from './contribute.ts'
import { type Fate, followFates } from './fate.ts'
import { readBoard } from './leaderboard.ts'
import { type Plan, planFiles, type Refused, refusedOf } from './plan.ts'

/** Who contributes what. */
export type Part = { name: string; account: Account; files: FolderFile[] }

/** A claim, read back from the chain: `balance` is what the wallet holds afterwards. Amounts in wei. */
export type Claimed = { contributor: string; account: Address; amount: bigint; balance: bigint; hash?: Hex }

export type Outcome = {
  contributions: (Contributed & Fate)[]
  refused: Refused[]
  leaderboard: LeaderboardRow[]
  /** Whether the leaderboard equals what events and contract counters say. */
  verified: boolean
  claims: Claimed[]
}

/** The sample files: good text and images by Alice; good sounds and everything bad by Bob. */
export async function sampleParts(dataDir: string): Promise<Part[]> {
  const badDir = join(dataDir, 'bad-samples')
  await makeBadSamples(badDir)
  const good = await listFolder(join(SAMPLES_DIR, 'good'))
  const isSound = ({ name }: FolderFile) => name.startsWith('audio')
  const { Alice, Bob } = people.contributors
  return [
    { name: 'Alice', account: Alice, files: good.filter((file) => !isSound(file)) },
    { name: 'Bob', account: Bob, files: [...good.filter(isSound), ...(await listFolder(badDir))] },
  ]
}

/** A folder of the user's own, contributed by Alice. */
export async function folderParts(folder: string): Promise<Part[]> {
  return [{ name: 'Alice', account: people.contributors.Alice, files: await listFolder(folder) }]
}

/** What each part can send today. */
export async function planParts(stack: Stack, parts: Part[]): Promise<(Part & { plan: Plan })[]> {
  return Promise.all(
    parts.map(async (part) => ({ ...part, plan: await planFiles(stack, part.account.address, part.files) })),
  )
}

type JobOptions = { onStep: (what: string) => void; signal: AbortSignal }

/** Submits, waits for the votes, and claims. Every figure of the outcome is read back from the chain. */
export async function runMainJob(
  stack: Stack,
  parts: (Part & { plan: Plan })[],
  { onStep, signal }: JobOptions,
): Promise<Outcome> {
  const refused = parts.flatMap(({ name, plan }) => refusedOf(name, plan))
  for (const { name, contributor, reason } of refused) onStep(`Not sent: ${contributor}'s ${name}: ${reason}`)
  const contributed: Contributed[] = []
  for (const part of parts) contributed.push(...(await contribute(stack, { ...part, onStep })))

  const names = new Map(contributed.map(({ id, name }) => [id, name]))
  const ids = contributed.map(({ contributionId }) => contributionId)
  const fates = await followFates(stack, ids, {
    signal,
    onChange: (id, status) => onStep(`${id} ${names.get(id)}: ${status}`),
  })
  const { rows, verified } = await readBoard(stack, signal)
  const claims: Claimed[] = []
  for (const part of parts) claims.push(await claimAll(stack, part))
  return {
    contributions: contributed.map((item, at) => ({ ...item, ...fates[at]! })),
    refused,
    leaderboard: rows,
    verified,
    claims,
  }
}

async function claimAll({ client, walletOf }: Stack, { name, account }: Part): Promise<Claimed> {
  const { claimable } = await getBalances(client, { account: account.address })
  const claimed = claimable === 0n ? undefined : await claim(walletOf(account), {})
  const { wallet } = await getBalances(client, { account: account.address })
  return {
    contributor: name,
    account: account.address,
    amount: claimed?.total ?? 0n,
    balance: wallet,
    ...(claimed === undefined ? {} : { hash: claimed.hash }),
  }
}
