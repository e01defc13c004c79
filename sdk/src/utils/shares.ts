import { InvalidScoresError } from '../errors/values.ts'

/** One whole: what the shares of a run add up to. */
export const SHARE_TOTAL = 1_000_000_000n

/**
 * Turns attribution scores of any sign into integer shares that add up to {@link SHARE_TOTAL}.
 *
 * Scores are decimal strings or numbers, taken exactly as written. Negative ones count as zero. Shares are floors of the
 * exact quotients; what is left goes to the largest fractions, ties to the lower index. If no score is positive,
 * everyone with a place gets the same.
 *
 * @param options.hasPlace - Which entries may have a share at all: a duplicate has none. All by default.
 */
export function toShares(
  scores: readonly (string | number)[],
  { hasPlace }: { hasPlace?: readonly boolean[] } = {},
): bigint[] {
  const places = scores.map((_, index) => hasPlace?.[index] ?? true)
  if (!places.includes(true)) throw new InvalidScoresError({ reason: 'none has a place' })

  const decimals = scores.map((score) => parseDecimal(String(score)))
  const scale = Math.max(...decimals.map(({ exponent }) => -exponent), 0)
  const weights = decimals.map(({ digits, exponent }, index) =>
    places[index] && digits > 0n ? digits * 10n ** BigInt(exponent + scale) : 0n,
  )
  return apportion(weights.some((weight) => weight > 0n) ? weights : places.map((place) => (place ? 1n : 0n)))
}

function apportion(weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n)
  const shares = weights.map((weight) => (weight * SHARE_TOTAL) / sum)
  const left = Number(SHARE_TOTAL - shares.reduce((a, b) => a + b, 0n))
  const byFraction = weights
    .map((weight, index) => ({ index, fraction: (weight * SHARE_TOTAL) % sum }))
    .sort((a, b) => (a.fraction === b.fraction ? a.index - b.index : a.fraction > b.fraction ? -1 : 1))
  for (const { index } of byFraction.slice(0, left)) shares[index]! += 1n
  return shares
}

/** A decimal as an integer times a power of ten. Exponents are bounded: a score is a number, not a way to use memory. */
function parseDecimal(text: string): { digits: bigint; exponent: number } {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,4}))?$/i.exec(text.trim())
  const [, sign, whole = '', fraction = '', power = '0'] = match ?? []
  if (!match || whole.length + fraction.length === 0)
    throw new InvalidScoresError({ reason: `one of them is "${text}"` })
  return {
    digits: BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n),
    exponent: Number(power) - fraction.length,
  }
}
