import { Dialog } from 'radix-ui'
import { useState } from 'react'
import { useChainId, useConnect, useConnection, useConnectors, useDisconnect, useSwitchChain } from 'wagmi'
import { useAppConfig } from '../lib/context.ts'
import { Account } from './amount.tsx'
import { Button } from './button.tsx'
import { messageOf } from './read.tsx'

function WalletList({ onDone }: { onDone: () => void }) {
  const connectors = useConnectors()
  const { mutate: connect, error, isPending } = useConnect()
  return (
    <div className="mt-4 space-y-2">
      {connectors.length === 0 && (
        <p className="text-sm text-soft">No wallet was found in this browser. Install one, then reload.</p>
      )}
      {connectors.map((connector) => (
        <Button
          key={connector.uid}
          className="w-full justify-start"
          disabled={isPending}
          onClick={() => connect({ connector }, { onSuccess: onDone })}
        >
          {connector.icon && <img src={connector.icon} alt="" className="size-5" />}
          {connector.name}
        </Button>
      ))}
      {error && (
        <p role="alert" className="text-sm text-bad">
          {messageOf(error).message}
        </p>
      )}
    </div>
  )
}

function ConnectDialog() {
  const [open, setOpen] = useState(false)
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <Button look="primary">Connect wallet</Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 bg-black/60" />
        <Dialog.Content className="fixed left-1/2 top-1/2 w-[min(24rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-xl border border-line bg-card p-5 shadow-xl">
          <Dialog.Title className="text-lg font-semibold">Choose a wallet</Dialog.Title>
          <Dialog.Description className="text-sm text-soft">It signs; your keys never leave it.</Dialog.Description>
          <WalletList onDone={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
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
      <Account address={address} href={`/profile/${address}`} />
      <Button onClick={() => disconnect()}>Disconnect</Button>
    </div>
  )
}
