import { BaseError } from '@datanets/sdk'
import type { ContentStore } from '@datanets/sdk/storage'
import { cidOfBlock, codecOf, isBlockOf, parseCid } from '@datanets/sdk/utils'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'

/** Most bytes of one block: a file is cut into blocks of 1 MiB, and the rest is for their links. */
export const MAX_BLOCK_BYTES = 2 * 1024 * 1024

/** The CID in a path, or undefined where the text is none of ours. */
function cidOf(text: string) {
  try {
    return parseCid(text)
  } catch {
    return undefined
  }
}

/** Lets a browser put blocks into a store. What does not hash to the CID it is put under is refused. */
export function uploadRoutes(store: ContentStore): Hono {
  return (
    new Hono()
      .put(
        '/blocks/:cid',
        bodyLimit({
          maxSize: MAX_BLOCK_BYTES,
          onError: (context) => context.text(`A block has at most ${MAX_BLOCK_BYTES} bytes.`, 413),
        }),
        async (context) => {
          const cid = cidOf(context.req.param('cid'))
          if (cid === undefined) return context.text('Not a CIDv1 with sha2-256 of a file or a dag-json block.', 400)
          const bytes = new Uint8Array(await context.req.arrayBuffer())
          if (!isBlockOf(cid, bytes))
            return context.text(`These ${bytes.length} bytes are ${cidOfBlock(bytes, 'raw')}, not ${cid}.`, 422)
          // A store keeps blocks by hash. Whatever the codec, the bytes alone are what was sent.
          await store.put(bytes, { codec: codecOf(cid) === 'dag-json' ? 'dag-json' : 'raw' })
          return context.body(null, 204)
        },
      )
      .post('/pins/:cid', async (context) => {
        const cid = cidOf(context.req.param('cid'))
        if (cid === undefined) return context.text('Not a CIDv1 with sha2-256 of a file or a dag-json block.', 400)
        await store.pin(cid)
        return context.body(null, 204)
      })
      // The browser keeps what it could not store, and tries again.
      .onError((error, context) => context.text(error instanceof BaseError ? error.shortMessage : error.message, 502))
  )
}
