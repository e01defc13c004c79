import { formatUnits } from 'viem'
import type { Outcome } from './run.ts'

const open = (wei: bigint): string => `${formatUnits(wei, 18)} OPEN`

/** Columns wide enough for their longest cell. */
function table(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** The reasons of votes against an item, each once, with the validators who gave it. */
function reasons(votes: Outcome['contributions'][number]['votes']): string {
  const by = new Map<string, number[]>()
  for (const { validatorId, reasons: given } of votes) {
    for (const { code, message } of given) {
      const text = `${code}: ${message}`
      by.set(text, [...(by.get(text) ?? []), validatorId])
    }
  }
  return [...by].map(([text, validators]) => `    ${text} (validators ${validators.join(', ')})`).join('\n')
}

/** The outcome for people. */
export function printOutcome({ contributions, refused, leaderboard, verified, claims }: Outcome): string {
  const who = new Map(claims.map(({ contributor, account }) => [account.toLowerCase(), contributor]))
  const rejected = contributions.filter(({ status }) => status !== 'accrued')
  const lines = [
    `\n${contributions.length} contributions voted on, ${contributions.length - rejected.length} accepted and paid:\n`,
    ...rejected.map(
      ({ id, name, contributor, status, votes }) => `  ${id} ${name} of ${contributor}: ${status}\n${reasons(votes)}`,
    ),
    ...(refused.length === 0 ? [] : [`\n${refused.length} files were not sent:`]),
    ...refused.map(({ name, contributor, reason }) => `  ${name} of ${contributor}: ${reason}`),
    `\nLeaderboard by acceptance (${verified ? 'recomputed from events and contract counters: equal' : 'DIFFERS from the chain'}):\n`,
    table([
      ['rank', 'account', 'score', 'rate', 'rejected', 'rewards'],
      ...leaderboard.map(({ rank, account, score, acceptanceRate, rejected: against, rewards }) => [
        String(rank),
        `${who.get(account.toLowerCase()) ?? ''} ${account}`.trim(),
        String(score),
        acceptanceRate === null ? '-' : `${Math.round(acceptanceRate * 100)} %`,
        String(against),
        open(rewards),
      ]),
    ]),
    '\nClaims:\n',
    table([
      ['contributor', 'claimed', 'wallet now holds'],
      ...claims.map(({ contributor, amount, balance }) => [contributor, open(amount), open(balance)]),
    ]),
  ]
  return lines.join('\n')
}
