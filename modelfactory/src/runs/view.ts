import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ShareProof } from '@datanets/sdk'
import { formatContributionId, shareTreeOf } from '@datanets/sdk/utils'
import type { Address } from 'viem'
import { decodeScores } from '../formats/scores.ts'
import type { RunFolder } from './folder.ts'
import type { Run } from './run.ts'

/** A run as JSON: ids as text, no bigints. */
export function runJson(run: Run): Record<string, unknown> {
  const { facts, request, ...rest } = run
  return {
    ...rest,
    error: run.error ?? null,
    asked: run.asked ?? null,
    request: { ...request, datanetIds: request.datanetIds.map(String) },
    ...facts,
  }
}

/** Estimated influence per contribution, ids in their text form; undefined before attribution. */
export function runScores(folder: RunFolder): Record<string, unknown> | undefined {
  const path = join(folder.trainer, 'scores.json')
  if (!existsSync(path)) return undefined
  const bytes = readFileSync(path)
  const { contributions, method } = decodeScores(bytes)
  const selfTest = join(folder.trainer, 'self-test.json')
  return {
    method,
    meaning: 'estimated influence on the held-out loss',
    contributions: contributions.map(({ contribution, share, ...line }) => ({
      ...line,
      contribution: formatContributionId(contribution),
      share: String(share),
    })),
    ...(existsSync(selfTest) ? { selfTest: JSON.parse(readFileSync(selfTest, 'utf8')) } : {}),
  }
}

/** What `claimShares` takes for an account's part of a run, or undefined when it has none. */
export function claimProof(run: Run, account: Address): ShareProof | undefined {
  const { runId, shares } = run.facts
  if (runId === undefined || shares === undefined) return undefined
  const index = shares.findIndex((entry) => entry.account === account.toLowerCase())
  if (index < 0) return undefined
  const leaves = shares.map((entry, place) => ({
    ...{ runId, index: BigInt(place), account: entry.account, share: BigInt(entry.share) },
  }))
  return { runId, index: BigInt(index), share: leaves[index]!.share, path: shareTreeOf(leaves).proofOf(index) }
}
