// What the protocol costs, in gas of whole transactions, beside what its peers cost on the same chain.
//
//   node bench/gas.ts [--json FILE] [--no-peers]
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import hre from 'hardhat'
import { measurePeers } from './src/peers.ts'
import { measureCommittees, measureContributions } from './src/scenarios.ts'

const GOALS = { acceptedContribution: 3_500, singleFile: 220_000, claimFive: 76_000 }

const { values } = parseArgs({
  options: { json: { type: 'string' }, peers: { type: 'boolean', default: true } },
  allowNegative: true,
})

await hre.tasks.getTask('build').run({ quiet: true, noTests: true })

const contributions = await measureContributions()
const committees = await measureCommittees()
const peers = values.peers ? await measurePeers() : { peers: {}, rows: [] }
const { acceptedContribution, singleFile, claimFive } = contributions
const report = {
  acceptedContribution,
  singleFile,
  claimFive,
  peers: peers.peers,
  rows: [...contributions.rows, ...committees, ...peers.rows],
}

for (const { name, gas, note } of report.rows) {
  console.log(`${(gas ?? 'none').toLocaleString('en').padStart(12)}  ${name}${note ? ` (${note})` : ''}`)
}
console.log()
for (const [name, goal] of Object.entries(GOALS)) {
  const gas = report[name as keyof typeof GOALS]
  console.log(
    `${gas.toLocaleString('en').padStart(12)}  ${name}, goal ${goal.toLocaleString('en')}: ${gas <= goal ? 'met' : 'missed'}`,
  )
}
if (values.json) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`)
