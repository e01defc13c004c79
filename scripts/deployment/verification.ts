import { readFile } from 'node:fs/promises'
import type { Deployment } from '@datanets/sdk'
import { artifacts } from 'hardhat'
import { type Abi, encodeAbiParameters, type Hex } from 'viem'

/** What a block explorer asks for to verify a contract: its full name, its arguments and which compiler input made it. */
export type Verification = {
  compiler: string
  contracts: Record<string, { name: string; address: string; constructorArguments: Hex; input: string }>
  /** Standard JSON inputs of the compiler, by the hash that `contracts` names. */
  inputs: Record<string, unknown>
}

/** Collects the verification inputs of a deployment from the artifacts it was deployed from. */
export async function verificationOf(deployment: Deployment): Promise<Verification> {
  const verification: Verification = { compiler: '', contracts: {}, inputs: {} }
  for (const [name, { address, args }] of Object.entries(deployment.contracts)) {
    const source = `contracts/${name}.sol:${name}`
    const artifact = await artifacts.readArtifact(source)
    const id = artifact.buildInfoId
    const path = id === undefined ? undefined : await artifacts.getBuildInfoPath(id)
    if (id === undefined || path === undefined) continue
    const { input, solcLongVersion } = JSON.parse(await readFile(path, 'utf8'))
    verification.compiler = solcLongVersion
    verification.inputs[id] = input
    const inputs = (artifact.abi as Abi).find(({ type }) => type === 'constructor')
    const parameters = inputs?.type === 'constructor' ? inputs.inputs : []
    verification.contracts[name] = {
      name: source,
      address,
      constructorArguments: encodeAbiParameters(parameters, args as unknown[]),
      input: id,
    }
  }
  return verification
}
