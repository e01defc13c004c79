import { createServer } from 'node:net'

/** A local chain with its JSON-RPC endpoint on this machine. */
export type LocalChain = { url: string; chainId: number; close: () => Promise<void> }

/** Whether something on this machine listens on `port` already. */
async function isTaken(port: number): Promise<boolean> {
  const probe = createServer()
  return new Promise((resolve) => {
    probe.once('error', () => resolve(true))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(false)))
  })
}

/**
 * Starts Hardhat's chain in this process and serves it on loopback only. A taken port is left alone and another one used.
 *
 * @param port - Preferred port; 0 for any.
 */
export async function startChain({ port }: { port: number }): Promise<LocalChain> {
  // Loading Hardhat takes seconds: only who starts a chain pays for it.
  const { network } = await import('hardhat')
  // A block a second beside one for each transaction: windows end in chain time even when nobody sends anything.
  const mining = { auto: true, interval: 1000 }
  const parameters = { network: 'default', override: { mining } }
  const server = await network.createServer(parameters, '127.0.0.1', (await isTaken(port)) ? 0 : port)
  const address = await server.listen()
  return {
    url: `http://127.0.0.1:${address.port}`,
    chainId: 31337,
    close: () => server.close(),
  }
}
