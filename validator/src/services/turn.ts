export interface Turn {
  /** Place in the order, from 0. */
  rank: number
  /** Nodes in the order. */
  count: number
}

/**
 * Whether it is this node's turn to send what everybody could send. The order rotates by lot, so that the cost does; every
 * `slotSeconds` after the duty came due the turn passes on, so that a dead node delays nobody for long. Nodes with clocks a
 * little apart may share a slot: then both send and the second finds the state changed, which costs gas and nothing else.
 *
 * @param now Chain time in seconds.
 * @param dueAt Chain time in seconds when the duty came due.
 * @param rotation The lot's number.
 */
export function isOurTurn(
  { rank, count }: Turn,
  { now, dueAt, rotation, slotSeconds }: { now: number; dueAt: number; rotation: number; slotSeconds: number },
): boolean {
  if (count === 0 || now < dueAt) return false
  const slot = Math.floor((now - dueAt) / slotSeconds)
  return (slot + rotation) % count === rank
}
