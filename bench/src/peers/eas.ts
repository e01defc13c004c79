// EAS: one attestation is one statement of one attester about one thing.
import { encodeAbiParameters, keccak256, parseSignature, toHex, zeroAddress, zeroHash } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { createMeter, type Row } from '../meter.ts'
import type { Artifacts } from '../peers.ts'

export async function measureEas(read: Artifacts): Promise<Row[]> {
  const meter = await createMeter()
  const [deployer] = meter.wallets
  if (!deployer) return []
  const deploy = async (path: string, args: unknown[]) => {
    const { abi, bytecode } = await read(path)
    const { contractAddress } = await meter.receiptOf(path, await deployer.deployContract({ abi, bytecode, args }))
    return { address: contractAddress as `0x${string}`, abi }
  }
  const registry = await deploy('artifacts/contracts/SchemaRegistry.sol/SchemaRegistry.json', [])
  const eas = await deploy('artifacts/contracts/EAS.sol/EAS.json', [registry.address])
  const schemaText = 'bytes32 content,bool accepted'
  const registered = await deployer.writeContract({
    ...registry,
    functionName: 'register',
    args: [schemaText, zeroAddress, true],
  })
  await meter.receiptOf('register', registered)
  const { logs } = await meter.receiptOf('register', registered)
  const schema = logs[0]?.topics[1] as `0x${string}`

  let salt = 0
  const about = () => ({
    recipient: deployer.account.address,
    expirationTime: 0n,
    revocable: true,
    refUID: zeroHash,
    data: encodeAbiParameters([{ type: 'bytes32' }, { type: 'bool' }], [keccak256(toHex(++salt)), true]),
    value: 0n,
  })
  const send = (functionName: string, args: unknown[]) => deployer.writeContract({ ...eas, functionName, args })
  await meter.receiptOf('warm-up', await send('attest', [{ schema, data: about() }]))
  await meter.measure('EAS attest, one file', send('attest', [{ schema, data: about() }]))
  await meter.measure(
    'EAS multiAttest, 20 files',
    send('multiAttest', [[{ schema, data: Array.from({ length: 20 }, about) }]]),
  )

  const attester = privateKeyToAccount(keccak256(toHex('attester')))
  const delegated = async (nonce: bigint) => {
    const data = about()
    const signature = parseSignature(
      await attester.signTypedData({
        domain: { name: 'EAS', version: await versionOf(), chainId: 31337, verifyingContract: eas.address },
        types: {
          Attest: [
            { name: 'attester', type: 'address' },
            { name: 'schema', type: 'bytes32' },
            { name: 'recipient', type: 'address' },
            { name: 'expirationTime', type: 'uint64' },
            { name: 'revocable', type: 'bool' },
            { name: 'refUID', type: 'bytes32' },
            { name: 'data', type: 'bytes' },
            { name: 'value', type: 'uint256' },
            { name: 'nonce', type: 'uint256' },
            { name: 'deadline', type: 'uint64' },
          ],
        },
        primaryType: 'Attest',
        message: { attester: attester.address, schema, ...data, nonce, deadline: 0n },
      }),
    )
    const { r, s, yParity } = signature
    return send('attestByDelegation', [
      { schema, data, signature: { v: 27 + yParity, r, s }, attester: attester.address, deadline: 0n },
    ])
  }
  const versionOf = async () =>
    (await meter.publicClient.readContract({ ...eas, functionName: 'version', args: [] })) as string
  await meter.receiptOf('warm-up', await delegated(0n))
  await meter.measure('EAS attestByDelegation, one file', delegated(1n))
  await meter.close()
  return meter.rows
}
