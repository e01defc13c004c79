/** What `datanet` exits with. A script can act on these; the texts are printed by `datanet help`. */
export const EXIT_CODES = {
  ok: { code: 0, means: 'done' },
  failed: { code: 1, means: 'an unexpected failure, which is a bug worth reporting' },
  usage: { code: 2, means: 'the command line, the configuration or an input file is wrong' },
  refused: { code: 3, means: 'the contracts refused; nothing was changed' },
  unreachable: { code: 4, means: 'the chain, the content store or a peer did not answer; trying again can help' },
  key: { code: 5, means: 'a key, keystore or journal problem' },
  rejected: { code: 6, means: 'check: the file would be rejected' },
  undetermined: { code: 7, means: 'check, explain: there is no answer yet (abstained, not voted, report not found)' },
  mismatch: { code: 8, means: 'verify: what was recomputed differs from what was claimed' },
} as const

export type Exit = keyof typeof EXIT_CODES

export function exitCodeHelp(): string {
  return ['Exit codes:', ...Object.values(EXIT_CODES).map(({ code, means }) => `  ${code}  ${means}`)].join('\n')
}
