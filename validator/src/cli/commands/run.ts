import { join } from 'node:path'
import { parseGwei } from 'viem'
import { createValidatorNode } from '../../node.ts'
import { hasSigner } from '../../signer/signer.ts'
import { defineCommand } from '../command.ts'

/** Stays until SIGINT or SIGTERM, then ends what is under way and closes. A second signal ends the process at once. */
export const run = defineCommand({
  name: 'run',
  summary: 'run the validator node until it is stopped',
  async run(context) {
    const { config, home } = context
    const [{ client, deployment }, signer, store] = await Promise.all([
      context.chain(),
      context.signer('signing'),
      context.store(),
    ])
    const sender = hasSigner('sender', config.sender, context.env) ? await context.signer('sender') : undefined
    const node = createValidatorNode({
      client,
      deployment,
      signer,
      sender,
      store,
      dataDir: join(home, 'node'),
      peers: config.peers,
      listen: config.listen,
      metrics: config.metrics,
      pollMs: config.pollMs,
      slotSeconds: config.slotSeconds,
      reorgDepth: config.reorgDepth,
      checkers: config.checkers,
      senderLimits: { maxFeePerGas: parseGwei(String(config.maxFeeGwei)) },
      logger: context.logger(),
    })
    context.onClose(() => node.stop())
    await node.start()
    await aborted(context.signal)
    const status = node.status()
    await node.stop()
    return { data: status, text: '' }
  },
})

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
