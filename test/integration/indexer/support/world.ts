import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Deployment, datanetsAbi, openTokenAbi, validatorsAbi } from '@datanets/sdk'
import { fromLotId, unpackEntry, unpackSeats } from '@datanets/sdk/utils'
import {
  type Abi,
  type Address,
  createTestClient,
  type Hex,
  http,
  keccak256,
  parseEventLogs,
  publicActions,
  toHex,
  walletActions,
} from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { compact, domainOf, lotAttestationTypes, signingKeyTypes, terms } from '../../support/lots.ts'

const root = join(import.meta.dirname, '..', '..', '..', '..')

export const RESULT = { report: keccak256(toHex('report')) }

/** What the chain says a lot is, read from its events. */
export type WorldLot = {
  id: bigint
  status: 'open' | 'closed' | 'settled' | 'accrued' | 'lapsed'
  submissions: { entry: bigint; content: Hex }[]
  state: Record<string, unknown> & { digest: Hex; itemCount: bigint; seats: bigint; accepted: bigint }
}

function artifactOf(contract: string): { abi: Abi; bytecode: Hex } {
  return JSON.parse(readFileSync(join(root, 'artifacts', 'contracts', `${contract}.sol`, `${contract}.json`), 'utf8'))
}

/**
 * The real contracts on a development chain, with three validators and people who act. It keeps nothing in memory that a
 * reorganisation could make wrong: every action reads the events of the chain as it is now.
 */
export async function createWorld(url: string) {
  const client = createTestClient({ mode: 'anvil', transport: http(url), pollingInterval: 10, cacheTime: 0 })
    .extend(publicActions)
    .extend(walletActions)
  const accounts = await client.getAddresses()
  const [operator, ...others] = accounts as [Address, ...Address[]]
  const people = others.slice(0, 5)
  const stakers = others.slice(5, 8)
  const keys = stakers.map((staker) => privateKeyToAccount(keccak256(staker)))

  async function send(address: Address, abi: Abi, functionName: string, args: unknown[], account: Address = operator) {
    const hash = await client.writeContract({
      address,
      abi,
      functionName,
      args,
      account,
      chain: null,
      gas: 30_000_000n,
    })
    const receipt = await client.waitForTransactionReceipt({ hash })
    if (receipt.status !== 'success') {
      await client.simulateContract({ address, abi, functionName, args, account })
      throw new Error(`${functionName} reverted`)
    }
    return receipt
  }

  async function deploy(contract: string, args: unknown[]) {
    const { abi, bytecode } = artifactOf(contract)
    const hash = await client.deployContract({ abi, bytecode, args, account: operator, chain: null, gas: 60_000_000n })
    const receipt = await client.waitForTransactionReceipt({ hash })
    return { address: receipt.contractAddress!, block: Number(receipt.blockNumber), transaction: hash, args }
  }

  const OpenToken = await deploy('OpenToken', [operator])
  const Datanets = await deploy('Datanets', [OpenToken.address])
  const view = <T>(functionName: string, args: unknown[] = []) =>
    client.readContract({ address: Datanets.address, abi: datanetsAbi as Abi, functionName, args }) as Promise<T>
  const Validators = { ...Datanets, address: await view<Address>('VALIDATORS') }
  const Appeals = { ...Datanets, address: await view<Address>('APPEALS') }
  const ModelFactory = await deploy('ModelFactory', [Datanets.address, operator])
  const deployment: Deployment = {
    chainId: 31337,
    contracts: { OpenToken, Datanets, Validators, Appeals, ModelFactory },
    commit: 'test',
  }

  const open = (functionName: string, args: unknown[], account?: Address) =>
    send(OpenToken.address, openTokenAbi as Abi, functionName, args, account)
  const datanets = (functionName: string, args: unknown[], account?: Address) =>
    send(Datanets.address, datanetsAbi as Abi, functionName, args, account)
  const validators = (functionName: string, args: unknown[], account?: Address) =>
    send(Validators.address, validatorsAbi as Abi, functionName, args, account)

  for (const [i, staker] of stakers.entries()) {
    await open('transfer', [staker, 10n ** 22n])
    await open('approve', [Validators.address, 10n ** 22n], staker)
    const proof = await keys[i]!.signTypedData({
      domain: domainOf('Validators', Validators.address),
      types: signingKeyTypes,
      primaryType: 'SigningKey',
      message: { account: staker },
    })
    await validators('register', [keys[i]!.address, proof, 1n], staker)
  }
  await open('approve', [Datanets.address, 10n ** 26n])

  async function events() {
    const logs = await client.getLogs({ address: Datanets.address, fromBlock: 0n, toBlock: 'latest' })
    return parseEventLogs({ abi: datanetsAbi, logs })
  }

  async function lots(): Promise<WorldLot[]> {
    const found = new Map<bigint, WorldLot>()
    for (const { eventName, args } of await events()) {
      if (eventName === 'Submitted') {
        const lot = found.get(args.lot) ?? {
          id: args.lot,
          status: 'open',
          submissions: [],
          state: {} as WorldLot['state'],
        }
        lot.submissions.push({ entry: args.entry, content: keccak256(`${args.root}${args.manifests.slice(2)}`) })
        found.set(args.lot, lot)
      } else if (eventName === 'LotClosed') {
        const { lot: id, digest, itemCount, seats, closedAt } = args
        const none = { settledAt: 0n, accepted: 0n, undecided: 0n, revoked: 0n }
        Object.assign(found.get(id)!, {
          status: 'closed',
          state: { id, digest, itemCount, seats, closedAt, status: 0, ...none },
        })
      } else if (eventName === 'LotSettled') {
        const { accepted, undecided, settledAt } = args
        const lot = found.get(args.lot)!
        lot.status = 'settled'
        Object.assign(lot.state, { accepted, undecided, settledAt, status: 1 })
      } else if (eventName === 'LotAccrued') found.get(args.lot)!.status = 'accrued'
      else if (eventName === 'LotLapsed') found.get(args.lot)!.status = 'lapsed'
    }
    return [...found.values()]
  }

  return {
    client,
    deployment,
    people,
    stakers,
    events,
    lots,
    open,
    datanets,
    validators,
    view,

    async createDatanet(funds = 10n ** 23n, changes: Record<string, unknown> = {}): Promise<number> {
      await datanets('createDatanet', [{ ...terms, ...changes }, keccak256(toHex('rules'))])
      const id = Number(await view<bigint>('datanetCount'))
      await datanets('fund', [BigInt(id), funds])
      return id
    },

    submit: (datanetId: number, who: Address, count: number, salt = '') =>
      datanets(
        'submit',
        [
          BigInt(datanetId),
          keccak256(toHex(`root ${who} ${salt}`)),
          BigInt(count),
          100n * BigInt(count),
          2n,
          keccak256(toHex(`manifests ${who} ${salt}`)),
          '0x',
        ],
        who,
      ),

    async wait(seconds: number) {
      await client.increaseTime({ seconds })
      await client.mine({ blocks: 1 })
    },

    close: (lot: WorldLot) => datanets('closeLot', [lot.id, lot.submissions]),

    /** Each seat votes with a word of its own: bit i of `words[seat]` accepts item i, the rest is rejected. */
    async settle(lot: WorldLot, words: bigint[]) {
      const { digest, itemCount, seats } = lot.state
      const mask = (1n << itemCount) - 1n
      const attestations = await Promise.all(
        unpackSeats(seats).map(async (id, seat) => {
          const accepted = (words[seat % words.length] ?? 0n) & mask
          const votes = { accepted, rejected: mask & ~accepted, report: RESULT.report }
          const signature = await keys[id - 1]!.signTypedData({
            domain: domainOf('Datanets', Datanets.address),
            types: lotAttestationTypes,
            primaryType: 'LotAttestation',
            message: { lot: digest, ...votes },
          })
          return { ...votes, ...compact(signature) }
        }),
      )
      await datanets('settle', [lot.state, (1n << BigInt(attestations.length)) - 1n, attestations])
    },

    lapse: (lot: WorldLot) => datanets('lapse', [lot.state]),
    accrue: (lot: WorldLot) => datanets('accrue', [lot.state, lot.submissions]),
    claim: (who: Address, datanetIds: number[]) => datanets('claim', [who, datanetIds.map(BigInt)]),

    /** Takes one lot through its whole life. */
    async fullLot(datanetId: number, entries: [Address, number][], words: bigint[]) {
      for (const [who, count] of entries) await this.submit(datanetId, who, count, `${await client.getBlockNumber()}`)
      await this.wait(terms.lotWindow + 1)
      const openLot = (await lots()).find(
        ({ id, status }) => status === 'open' && Number(fromLotId(id).datanetId) === datanetId,
      )!
      await this.close(openLot)
      const closed = (await lots()).find(({ id }) => id === openLot.id)!
      await this.settle(closed, words)
      await this.wait(terms.challengeWindow + 1)
      await this.accrue((await lots()).find(({ id }) => id === openLot.id)!)
    },

    contributorOf: (entry: bigint) => unpackEntry(entry).contributor,
  }
}

export type World = Awaited<ReturnType<typeof createWorld>>
