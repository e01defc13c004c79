import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { createPublicClient, http, parseAbi } from 'viem'

const root = join(import.meta.dirname, '..', '..')

type Run = { child: ChildProcess; output: () => string; errors: () => string; exited: Promise<number> }

/** Starts the README's command as a newcomer would, with options after it. */
function start(...options: string[]): Run {
  const child = spawn(process.execPath, [join(root, 'scripts', 'bootstrap.mjs'), 'start', '--port', '0', ...options], {
    cwd: root,
  })
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (errors += chunk))
  const exited = new Promise<number>((resolve) => child.on('exit', (code) => resolve(code ?? -1)))
  return { child, output: () => output, errors: () => errors, exited }
}

/** Waits for the one JSON document on standard output; fails early when the process ends without one. */
async function documentOf(run: Run) {
  let ended = false
  run.exited.then(() => {
    ended = true
  })
  for (;;) {
    try {
      return JSON.parse(run.output())
    } catch {
      if (ended) throw new Error(`No document on standard output. Standard error was:\n${run.errors()}`)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

/** Runs the README's lines of SDK, word for word but for the port, and returns what they print. */
async function runReadme(rpcUrl: string): Promise<string> {
  const code = /```ts\n([\s\S]*?)```/.exec(await readFile(join(root, 'README.md'), 'utf8'))![1]!
  const file = join(root, '.datanets', 'readme.ts')
  await writeFile(file, code.replace('http://127.0.0.1:8545', rpcUrl))
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@datanets/source', file], { cwd: root })
  return stdout
}

describe('npm start', () => {
  it('takes the sample files from entry to claim; its balances equal the chain and every rejection has its reason', async function () {
    this.timeout(240_000)
    const run = start('--json')
    try {
      const summary = await documentOf(run)
      const client = createPublicClient({ transport: http(summary.rpcUrl) })
      const { OpenToken, Datanets } = summary.deployment.contracts
      for (const { account, amount, balance } of summary.claims) {
        const onChain = await client.readContract({
          address: OpenToken.address,
          abi: parseAbi(['function balanceOf(address) view returns (uint256)']),
          functionName: 'balanceOf',
          args: [account],
        })
        expect(onChain.toString()).to.equal(balance).and.to.equal(amount)
      }

      const paid = summary.contributions.filter(({ status }: { status: string }) => status === 'accrued')
      const rewards = new Map(
        summary.datanets.map((d: { datanetId: string; rewardPerFile: string }) => [
          d.datanetId,
          BigInt(d.rewardPerFile),
        ]),
      )
      const owed = paid.reduce(
        (sum: bigint, { datanetId }: { datanetId: string }) => sum + (rewards.get(datanetId) as bigint),
        0n,
      )
      const claimed = summary.claims.reduce((sum: bigint, { amount }: { amount: string }) => sum + BigInt(amount), 0n)
      expect(claimed).to.equal(owed)
      expect(summary.verified).to.equal(true)
      expect(await client.getCode({ address: Datanets.address })).to.have.length.greaterThan(2)

      const reasonsOf = (name: string) => {
        const found = summary.contributions.find((item: { name: string }) => item.name === name)
        expect(found.status, name).to.equal('rejected')
        return found.votes.map(({ reasons }: { reasons: { code: string }[] }) => reasons.map(({ code }) => code))
      }
      for (const codes of reasonsOf('exact-duplicate.md')) expect(codes).to.include('exact-duplicate')
      for (const codes of reasonsOf('wrong-format.png')) expect(codes).to.include('format-mismatch')
      for (const codes of reasonsOf('truncated.jpg')) expect(codes).to.include('truncated')
      for (const codes of reasonsOf('silent.wav')) expect(codes).to.include('silent')
      for (const codes of reasonsOf('empty.txt')) expect(codes).to.include('empty')
      expect(summary.refused.map(({ name }: { name: string }) => name)).to.include('over-the-cap.txt')
      const formats = new Set(paid.map(({ name }: { name: string }) => name.split('.').at(-1)))
      expect([...formats]).to.have.members([
        'md',
        'txt',
        'pdf',
        'docx',
        'png',
        'jpg',
        'webp',
        'tiff',
        'bmp',
        'wav',
        'mp3',
        'flac',
      ])
      expect(await runReadme(summary.rpcUrl))
        .to.include(`1 ${summary.leaderboard[0].account} `)
        .and.to.include('equal to')
    } finally {
      run.child.kill('SIGTERM')
      expect(await run.exited).to.equal(0)
    }
  })

  it('says before anything is sent that a folder is over the daily quota, and how to continue', async function () {
    this.timeout(120_000)
    const folder = await mkdtemp(join(tmpdir(), 'datanets-folder-'))
    try {
      for (let i = 0; i < 23; i++)
        await writeFile(join(folder, `note-${i}.txt`), `Note ${i} of a folder with too many files.`)
      await writeFile(join(folder, 'program.exe'), 'MZ')
      const run = start('--once', '--files', folder)
      expect(await run.exited).to.equal(3)
      expect(run.errors()).to.include('limit of 20 files a day')
      expect(run.errors()).to.include('Nothing was sent: 3 of 24 files')
      expect(run.errors()).to.include('--fit')
      expect(run.errors()).to.include('program.exe: not a format that a Datanet takes')
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })

  it('names the option it does not know, and the folder that is not there, and exits with 2', async () => {
    const run = start('--nonsense')
    expect(await run.exited).to.equal(2)
    expect(run.errors()).to.include('--nonsense').and.to.include('--files DIR')
    const lost = start('--files', '/no/such/folder')
    expect(await lost.exited).to.equal(2)
    expect(lost.errors()).to.include('there is no folder /no/such/folder')
  })
})
