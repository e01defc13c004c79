import { parseLotId } from '@datanets/sdk/utils'
import type { AttestationBook } from '../attestations/book.ts'
import { toWire } from '../attestations/wire.ts'
import type { LotView } from '../chain/lot-view.ts'
import type { Route } from './server.ts'

const PATH = /^\/attestations\/([0-9-]{1,32})$/

/** `GET /attestations/3-12`: every checked attestation this node knows for the lot. */
export function attestationsRoute(book: AttestationBook, lotOf: (id: bigint) => LotView | undefined): Route {
  return (path) => {
    const label = PATH.exec(path)?.[1]
    if (label === undefined) return undefined
    const view = lotOf(readId(label))
    if (!view?.lot) return { status: 404, body: { error: 'no closed lot of this id is known here' } }
    return { status: 200, body: toWire(book.of(view.digest)) }
  }
}

/** Zero, which is no lot, for what is no id. */
function readId(label: string): bigint {
  try {
    return parseLotId(label)
  } catch {
    return 0n
  }
}
