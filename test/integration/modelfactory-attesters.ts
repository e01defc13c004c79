import { join } from 'node:path'
import type { ContentStore } from '@datanets/sdk/storage'
import type { Hex } from 'viem'
import { Journal } from '../../validator/src/journal/journal.ts'
import { createLogger } from '../../validator/src/logger.ts'
import { AttestRuns, type Retrain } from '../../validator/src/runs/index.ts'
import { people, type Stack } from './modelfactory-stack.ts'

/** The three validators as far as runs go: each with its journal, its own look at chain and IPFS, and its own transactions. */
export function attesters(stack: Stack, store: ContentStore, dir: string, { retrain }: { retrain?: Retrain } = {}) {
  const nodes = people.validators.map((account, index) => {
    const signer = people.signingKeys[index]!
    const journal = Journal.open({ dir: join(dir, String(index)), key: signer.address })
    const wallet = stack.walletOf(account)
    const runs = new AttestRuns({
      client: stack.client as never,
      deployment: stack.deployment,
      store,
      journal,
      signer,
      validatorId: () => index + 1,
      logger: createLogger({ level: 'silent' }),
      retrain,
      async send({ data, to }) {
        const hash = await wallet.sendTransaction({ to, data })
        await stack.client.waitForTransactionReceipt({ hash })
      },
    })
    return { runs, journal }
  })
  return {
    nodes,
    /** All three look at the run, one after the other. */
    async vote(runId: Hex) {
      const votes = []
      for (const { runs } of nodes) votes.push(await runs.vote(runId))
      return votes
    },
    close() {
      for (const { journal } of nodes) journal.close()
    },
  }
}
