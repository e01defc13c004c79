import type { Page } from 'playwright-core'
import { type Chain, createPublicClient, createWalletClient, type HDAccount, http } from 'viem'

type Answer = { result: unknown; event?: [name: string, value: unknown] } | { error: { code: number; message: string } }

export type TestWallet = {
  /** Methods that are declined from now on. */
  declines: Set<string>
  /** Every method asked for, in order. */
  asked: string[]
}

type Options = { account: HDAccount; chain: Chain; chainId: number }

/** A wallet in the page that signs in this process: it announces itself by EIP-6963 and answers by EIP-1193. */
export async function installWallet(page: Page, { account, chain, chainId }: Options): Promise<TestWallet> {
  const client = createPublicClient({ chain, transport: http() })
  const wallet = createWalletClient({ account, chain, transport: http() })
  const declines = new Set<string>()
  const asked: string[] = []
  let current = chainId
  let isConnected = false

  async function answer(method: string, params: never[]): Promise<Answer> {
    asked.push(method)
    if (declines.has(method)) return { error: { code: 4001, message: 'User rejected the request.' } }
    switch (method) {
      case 'eth_requestAccounts':
        isConnected = true
        return { result: [account.address] }
      case 'wallet_requestPermissions':
        isConnected = true
        return { result: [{ parentCapability: 'eth_accounts' }] }
      case 'eth_accounts':
        return { result: isConnected ? [account.address] : [] }
      case 'wallet_revokePermissions':
        isConnected = false
        return { result: null }
      case 'eth_chainId':
        return { result: `0x${current.toString(16)}` }
      case 'wallet_switchEthereumChain': {
        const [{ chainId: wanted }] = params as unknown as [{ chainId: string }]
        current = Number(wanted)
        return { result: null, event: ['chainChanged', wanted] }
      }
      case 'eth_sendTransaction': {
        const [{ to, data }] = params as unknown as [{ to: `0x${string}`; data: `0x${string}` }]
        return { result: await wallet.sendTransaction({ to, data }) }
      }
      default:
        return { result: await client.request({ method, params } as never) }
    }
  }

  await page.exposeFunction('testWallet', (method: string, params: never[]) =>
    answer(method, params).catch((error: Error) => ({ error: { code: -32603, message: error.message } })),
  )
  await page.addInitScript(announce)
  return { declines, asked }
}

/** Runs in the page. */
function announce(): void {
  type Listener = (value: unknown) => void
  const listeners = new Map<string, Set<Listener>>()
  const page = globalThis as unknown as EventTarget & {
    testWallet: (method: string, params: unknown) => Promise<Answer>
  }
  const provider = {
    on(name: string, listener: Listener) {
      if (!listeners.has(name)) listeners.set(name, new Set())
      listeners.get(name)!.add(listener)
    },
    removeListener: (name: string, listener: Listener) => listeners.get(name)?.delete(listener),
    async request({ method, params }: { method: string; params?: unknown }) {
      const answer = await page.testWallet(method, params ?? [])
      if ('error' in answer) throw Object.assign(new Error(answer.error.message), { code: answer.error.code })
      if (answer.event) for (const listener of listeners.get(answer.event[0]) ?? []) listener(answer.event[1])
      return answer.result
    },
  }
  const info = {
    uuid: crypto.randomUUID(),
    name: 'Test Wallet',
    rdns: 'org.test.wallet',
    icon: 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>',
  }
  const detail = Object.freeze({ info: Object.freeze(info), provider })
  const tell = () => page.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }))
  page.addEventListener('eip6963:requestProvider', tell)
  tell()
}
