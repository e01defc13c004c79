import { FeeCapError } from '../errors/transactions.ts'

export interface Fees {
  maxFeePerGas: bigint
  maxPriorityFeePerGas: bigint
}

/** Nodes ask for a tenth more at least before they replace a transaction; an eighth more passes all of them. */
const BUMP_BPS = 11_250n

/** The fees of a replacement, rounded up so that they always grow. */
export function bumpFees({ maxFeePerGas, maxPriorityFeePerGas }: Fees): Fees {
  return { maxFeePerGas: bumpUp(maxFeePerGas), maxPriorityFeePerGas: bumpUp(maxPriorityFeePerGas) }
}

/** The higher of two offers, part by part. */
export function maxFees(a: Fees, b: Fees): Fees {
  return {
    maxFeePerGas: max(a.maxFeePerGas, b.maxFeePerGas),
    maxPriorityFeePerGas: max(a.maxPriorityFeePerGas, b.maxPriorityFeePerGas),
  }
}

/** @throws FeeCapError when the offer is above the cap. The tip is cut to what the offer leaves for it. */
export function capFees(fees: Fees, { cap, purpose }: { cap: bigint; purpose: string }): Fees {
  if (fees.maxFeePerGas > cap) throw new FeeCapError({ purpose, asked: fees.maxFeePerGas, cap })
  return { ...fees, maxPriorityFeePerGas: min(fees.maxPriorityFeePerGas, fees.maxFeePerGas) }
}

function bumpUp(value: bigint): bigint {
  return (value * BUMP_BPS + 9_999n) / 10_000n + 1n
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
