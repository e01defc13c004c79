import type { WriteProgress } from '@datanets/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Client } from 'viem'
import type { Wallet } from '../lib/wallet.ts'
import { ErrorNote } from './read.tsx'

type Step = 'checking' | WriteProgress['step']

const STEPS: Record<Step, string> = {
  checking: 'Checking that it will work…',
  simulated: 'Confirm it in your wallet.',
  sent: 'Sent. Waiting until it is mined…',
  mined: 'Mined.',
}

type Send<result> = (client: Client, onProgress: (progress: WriteProgress) => void) => Promise<result>

/** One transaction from prompt to receipt. */
export function useTransaction<result>(wallet: Wallet | undefined, send: Send<result>) {
  const queries = useQueryClient()
  const [step, setStep] = useState<Step>('checking')
  const mutation = useMutation({
    mutationFn: async () => {
      setStep('checking')
      return send(await wallet!.open(), (progress) => setStep(progress.step))
    },
    onSuccess: () => queries.invalidateQueries(),
  })
  return { ...mutation, step }
}

/** Where a transaction stands, or what went wrong with it and what to do. */
export function TransactionNote({
  transaction,
  done,
}: {
  transaction: Pick<ReturnType<typeof useTransaction<unknown>>, 'error' | 'isPending' | 'isSuccess' | 'step'>
  done: string
}) {
  if (transaction.error) return <ErrorNote error={transaction.error} />
  return (
    <p role="status" className="text-sm text-soft">
      {transaction.isPending ? STEPS[transaction.step] : transaction.isSuccess ? done : ''}
    </p>
  )
}
