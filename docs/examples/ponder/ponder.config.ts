import { readFileSync } from 'node:fs'
import { createConfig } from 'ponder'
import { datanetsAbi } from './abi'

/** A file of `deployments/`, and the endpoint of its chain. */
const deployment = JSON.parse(
  readFileSync(process.env.DATANETS_DEPLOYMENT ?? '../../../deployments/31337.json', 'utf8'),
)
const url = process.env.DATANETS_RPC_URL ?? 'http://127.0.0.1:8545'

// Ponder starts with 20 requests a second for each URL and asks for every block with an event. On a node of one's own, which
// has no such limit, the same URL given several times lifts it.
const fan = Number(process.env.PONDER_RPC_FAN ?? 1)
const rpc = Array.from({ length: fan }, (_, i) => (i === 0 ? url : `${url}/?${i}`))

export default createConfig({
  database: process.env.DATABASE_URL
    ? { kind: 'postgres', connectionString: process.env.DATABASE_URL }
    : { kind: 'pglite', directory: process.env.PGLITE_DIRECTORY ?? '.ponder/pglite' },
  chains: { datanets: { id: deployment.chainId, rpc } },
  contracts: {
    Datanets: {
      chain: 'datanets',
      abi: datanetsAbi,
      address: deployment.contracts.Datanets.address,
      startBlock: deployment.contracts.Datanets.block,
    },
  },
})
