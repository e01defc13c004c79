import { useId, useRef } from 'react'
import { useChainId, useConnect, useConnection, useConnectors, useDisconnect, useSwitchChain } from 'wagmi'
import { Link } from 'wouter'
import { useAppConfig } from '../lib/context.ts'
import { Account } from './amount.tsx'
import { Button } from './button.tsx'
import { messageOf } from './read.tsx'

function WalletList({ onDone }: { onDone: () => void }) {
  const connectors = useConnectors()
  const { mutate: connect, error, isPending } = useConnect()
  // A wallet that announced itself is also what `window.ethereum` is: listed once, by its own name.
  const announced = connectors.filter(({ id }) => id !== 'injected')
  const wallets = announced.length > 0 ? announced : connectors
  return (
    <div className="mt-4 space-y-2">
      {wallets.map((connector) => (
        <Button
          key={connector.uid}
          className="w-full justify-start"
          disabled={isPending}
          onClick={() => connect({ connector }, { onSuccess: onDone })}
        >
          {connector.icon && <img src={connector.icon} alt="" className="size-5" />}
          {connector.id === 'injected' ? "This browser's wallet" : connector.name}
        </Button>
      ))}
      {announced.length === 0 && (
        <p className="text-sm text-soft">No wallet announced itself in this browser. Install one, then reload.</p>
      )}
      {error && (
        <p role="alert" className="text-sm text-bad">
          {messageOf(error).message}
        </p>
      )}
    </div>
  )
}

function ConnectDialog() {
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  const close = () => dialog.current?.close()
  return (
    <>
      <Button look="primary" onClick={() => dialog.current?.showModal()}>
        Connect wallet
      </Button>
      <dialog
        ref={dialog}
        aria-labelledby={title}
        className="m-auto w-[min(24rem,calc(100vw-2rem))] rounded-xl border border-line bg-card p-5 text-ink shadow-xl backdrop:bg-black/60"
      >
        <h2 id={title}>Choose a wallet</h2>
        <p className="text-sm text-soft">It signs; your keys never leave it.</p>
        <WalletList onDone={close} />
        <Button className="mt-4 w-full" onClick={close}>
          Cancel
        </Button>
      </dialog>
    </>
  )
}

/** Who is connected, or the way to connect; says so when the wallet is on another chain. */
export function Connect() {
  const { address, chainId } = useConnection()
  const expected = useChainId()
  const { chainName } = useAppConfig()
  const { mutate: disconnect } = useDisconnect()
  const { mutate: switchChain, error } = useSwitchChain()
  if (address === undefined) return <ConnectDialog />
  return (
    <div className="flex flex-wrap items-center justify-end gap-2">
      {chainId !== expected && (
        <Button look="primary" title={error?.message} onClick={() => switchChain({ chainId: expected })}>
          Switch to {chainName}
        </Button>
      )}
      <Link href={`/profile/${address}`} className="px-1 py-2">
        <Account address={address} />
      </Link>
      <Button onClick={() => disconnect()}>Disconnect</Button>
    </div>
  )
}
