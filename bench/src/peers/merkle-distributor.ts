// Uniswap's Merkle distributor: one claim of one account from one distribution.
import { concat, encodePacked, type Hex, keccak256 } from 'viem'
import { createMeter, type Row } from '../meter.ts'
import type { Artifacts } from '../peers.ts'

export async function measureMerkleDistributor(read: Artifacts): Promise<Row[]> {
  const meter = await createMeter()
  const [deployer] = meter.wallets
  if (!deployer) return []
  const amount = 10n ** 18n
  const leaves = meter.wallets
    .slice(0, 32)
    .map(({ account }, index) =>
      keccak256(encodePacked(['uint256', 'address', 'uint256'], [BigInt(index), account.address, amount])),
    )
  const layers: Hex[][] = [leaves]
  for (let layer = leaves; layer.length > 1; layers.push(layer)) {
    layer = layer.flatMap((left, i) => {
      const right = layer[i + 1]
      return i % 2 || !right ? [] : [keccak256(concat(left < right ? [left, right] : [right, left]))]
    })
  }
  const proofOf = (index: number) => layers.slice(0, -1).map((layer, depth) => layer[(index >> depth) ^ 1])

  const deploy = async (path: string, args: unknown[]) => {
    const { abi, bytecode } = await read(path)
    const { contractAddress } = await meter.receiptOf(path, await deployer.deployContract({ abi, bytecode, args }))
    return { address: contractAddress as `0x${string}`, abi }
  }
  const token = await deploy('build/TestERC20.json', ['Test', 'TEST', 10n ** 24n])
  const distributor = await deploy('build/MerkleDistributor.json', [token.address, layers.at(-1)?.[0]])
  await meter.receiptOf(
    'transfer',
    await deployer.writeContract({ ...token, functionName: 'transfer', args: [distributor.address, 10n ** 22n] }),
  )
  const claim = (index: number) =>
    deployer.writeContract({
      ...distributor,
      functionName: 'claim',
      args: [BigInt(index), meter.wallets[index]?.account.address, amount, proofOf(index)],
    })
  await meter.measure('Uniswap MerkleDistributor claim, 32 accounts, first of a word', claim(1))
  await meter.measure('Uniswap MerkleDistributor claim, 32 accounts', claim(2))
  await meter.close()
  return meter.rows
}
