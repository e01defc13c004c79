// The main job on a local stack: chain, contracts, IPFS, validators, Datanets; then real files from entry to claim.
//   npm start                      stays up afterwards and says what to try next
//   npm start -- --once            exits when the job is done
//   npm start -- --once --json     one JSON document on standard output
//   npm start -- --files DIR       your own folder instead of the samples
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { BaseError } from '@datanets/sdk'
import { serveApp } from './app/serve.ts'
import { refusedOf } from './main-job/plan.ts'
import { printOutcome } from './main-job/print.ts'
import { folderParts, planParts, runMainJob, sampleParts } from './main-job/run.ts'
import { LOCAL_HOME } from './stack/home.ts'
import { type Stack, startStack } from './stack/stack.ts'

const HELP = `npm start -- [options]
  --once         exit when the main job is done
  --json         print the outcome as one JSON document
  --files DIR    contribute this folder instead of the samples
  --fit          with --files: send what fits today's quota when not all of it does
  --port N       port of the local chain (8545)
  --kubo URL     RPC of a Kubo node instead of the embedded IPFS node
Exit codes: 0 done, 1 failed, 2 wrong options, 3 nothing was sent because the folder is over the quota.`

/** Longest a run may take from the first submission to the last payment. */
const JOB_MS = 5 * 60_000

function optionsOf() {
  try {
    return parseArgs({
      options: {
        once: { type: 'boolean' },
        json: { type: 'boolean' },
        files: { type: 'string' },
        fit: { type: 'boolean' },
        port: { type: 'string', default: '8545' },
        kubo: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`)
    process.exit(2)
  }
}

const options = optionsOf()
if (options.help) {
  console.log(HELP)
  process.exit(0)
}
if (options.files !== undefined && !statSync(options.files, { throwIfNoEntry: false })?.isDirectory()) {
  console.error(`--files: there is no folder ${resolve(options.files)}. Name one that exists.`)
  process.exit(2)
}
const json = options.json === true
const started = Date.now()
const onStep = (what: string) => console.error(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${what}`)
/** Amounts are bigints, which JSON has no form for: they travel as decimal strings. */
const print = (value: unknown) =>
  console.log(JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? part.toString() : part), 2))

const dataDir = mkdtempSync(join(tmpdir(), 'datanets-'))
const stopped = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort())

async function main(): Promise<number> {
  const stack = await startStack({ port: Number(options.port), dataDir, kuboUrl: options.kubo, onStep })
  try {
    const chosen = options.files === undefined ? await sampleParts(dataDir) : await folderParts(resolve(options.files))
    const parts = await planParts(stack, chosen)
    const postponed = parts.flatMap(({ plan }) => plan.later)
    if (options.files !== undefined && postponed.length > 0 && !options.fit) {
      for (const { name, reason } of parts.flatMap(({ name, plan }) => refusedOf(name, plan)))
        onStep(`${name}: ${reason}`)
      onStep(
        `Nothing was sent: ${postponed.length} of ${chosen[0]!.files.length} files are over today's quota. Run again with --fit to send what fits now, and the rest after ${new Date(parts[0]!.plan.resumesAt * 1000).toISOString()}.`,
      )
      return 3
    }
    const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(JOB_MS)])
    const outcome = await runMainJob(stack, parts, { onStep, signal })
    const { chain, deployment, datanets } = stack
    if (json) print({ rpcUrl: chain.url, deployment, datanets, ...outcome })
    else console.log(printOutcome(outcome))
    if (options.once) return outcome.verified ? 0 : 1

    await stayUp(stack)
    return 0
  } finally {
    await stack.close()
  }
}

/** Serves the app, unless only a document was asked for, until the process is told to stop. */
async function stayUp(stack: Stack): Promise<void> {
  const app = json ? undefined : await serveApp({ stack, port: 4173 })
  try {
    if (app !== undefined) console.log(`\nThe app is at ${app.url}.\n\n${nextSteps()}`)
    if (stopped.signal.aborted) return
    await new Promise((done) => stopped.signal.addEventListener('abort', done, { once: true }))
  } finally {
    await app?.close()
  }
}

function nextSteps(): string {
  return `The stack stays up. Try, in another terminal:
  export DATANET_HOME=${LOCAL_HOME}
  npm run datanet -- leaderboard
  npm run datanet -- explain 1-0-0          every validator's vote and reasons
  npm run datanet -- verify 1-0-0           recompute it from the chain and IPFS
  npm start -- --port 8546 --files DIR      your own files, on a stack of their own
Stop it with Ctrl-C.`
}

try {
  process.exitCode = await main()
} catch (error) {
  // An interrupted run is no failure to explain.
  if (!stopped.signal.aborted) console.error(error instanceof BaseError ? error.message : error)
  process.exitCode = stopped.signal.aborted ? 130 : 1
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}
process.exit()
