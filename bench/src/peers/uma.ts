// UMA's DVM, second version: one vote of one staker on one question is a commitment and a reveal.
import { encodePacked, keccak256, stringToHex, toHex } from 'viem'
import { createMeter, type Row } from '../meter.ts'
import type { Artifacts } from '../peers.ts'

const PHASE = 86_400
const DVM = 'artifacts/contracts/data-verification-mechanism/implementation'

export async function measureUma(read: Artifacts): Promise<Row[]> {
  const meter = await createMeter()
  const [deployer] = meter.wallets
  if (!deployer) return []
  const voter = deployer.account.address
  const deploy = async (name: string, args: unknown[] = []) => {
    const { abi, bytecode } = await read(`${DVM}/${name}.sol/${name}.json`)
    const { contractAddress } = await meter.receiptOf(name, await deployer.deployContract({ abi, bytecode, args }))
    return { address: contractAddress as `0x${string}`, abi }
  }
  type Deployed = Awaited<ReturnType<typeof deploy>>
  const send = async (contract: Deployed, functionName: string, args: unknown[]) => {
    const hash = await deployer.writeContract({ ...contract, functionName, args })
    await meter.receiptOf(functionName, hash)
    return hash
  }
  const name32 = (name: string) => stringToHex(name, { size: 32 })

  const finder = await deploy('Finder')
  const whitelist = await deploy('IdentifierWhitelist')
  const registry = await deploy('Registry')
  const token = await deploy('VotingToken')
  const slashing = await deploy('FixedSlashSlashingLibrary', [10n ** 15n, 10n ** 15n])
  await send(finder, 'changeImplementationAddress', [name32('IdentifierWhitelist'), whitelist.address])
  await send(finder, 'changeImplementationAddress', [name32('Registry'), registry.address])
  await send(whitelist, 'addSupportedIdentifier', [name32('YES_OR_NO_QUERY')])
  await send(registry, 'addMember', [1n, voter])
  await send(registry, 'registerContract', [[], voter])
  await send(token, 'addMember', [1n, voter])
  await send(token, 'mint', [voter, 10n ** 26n])
  const none = '0x0000000000000000000000000000000000000000'
  const voting = await deploy('VotingV2', [
    10n ** 17n,
    7n * 86_400n,
    BigInt(PHASE),
    10,
    100,
    10n ** 24n,
    10n ** 17n,
    token.address,
    finder.address,
    slashing.address,
    none,
  ])
  await send(token, 'approve', [voting.address, 10n ** 26n])
  await send(voting, 'stake', [10n ** 25n])

  const identifier = name32('YES_OR_NO_QUERY')
  const ancillary = toHex('a file')
  const { timestamp } = await meter.publicClient.getBlock()
  const questions = [timestamp - 100n, timestamp - 50n]
  for (const time of questions) await send(voting, 'requestPrice', [identifier, time, ancillary])
  const toPhase = async (phase: number) => {
    const now = Number((await meter.publicClient.getBlock()).timestamp)
    const round = Math.floor(now / (2 * PHASE))
    await meter.helpers.time.increaseTo((round + (phase === 0 ? 1 : 0)) * 2 * PHASE + phase * PHASE + 60)
  }
  await toPhase(0)
  const roundId = (await meter.publicClient.readContract({
    ...voting,
    functionName: 'getCurrentRoundId',
    args: [],
  })) as number
  const price = 10n ** 18n
  const commitment = (time: bigint) =>
    keccak256(
      encodePacked(
        ['int256', 'int256', 'address', 'uint256', 'bytes', 'uint256', 'bytes32'],
        [price, 7n, voter, time, ancillary, BigInt(roundId), identifier],
      ),
    )
  const gas: number[] = []
  for (const [i, time] of questions.entries()) {
    const name = `UMA VotingV2 commitVote, one question${i === 0 ? ' (first of the round)' : ''}`
    gas.push(await meter.measure(name, send(voting, 'commitVote', [identifier, time, ancillary, commitment(time)])))
  }
  await toPhase(1)
  for (const [i, time] of questions.entries()) {
    const name = `UMA VotingV2 revealVote, one question${i === 0 ? ' (first of the round)' : ''}`
    gas.push(await meter.measure(name, send(voting, 'revealVote', [identifier, time, price, ancillary, 7n])))
  }
  meter.note('UMA VotingV2 commit and reveal, one question', (gas[1] ?? 0) + (gas[3] ?? 0))
  await meter.close()
  return meter.rows
}
