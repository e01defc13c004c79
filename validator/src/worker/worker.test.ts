import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { defaultRules, type FileInput, type Format, runChecks } from '../checks/index.ts'
import {
  type CheckPool,
  checkInWorker,
  createCheckPool,
  DEFAULT_WORKER_LIMITS,
  PoolClosedError,
  WorkerStartError,
} from './index.ts'

const PROSE = 'The lighthouse keeper wrote the weather into his book every evening, and the lamp was lit at six.\n'

function fileOf(content: Uint8Array | string, declaredFormat: Format): FileInput {
  const bytes = Buffer.from(content)
  return {
    bytes,
    declaredFormat,
    declaredBytes: bytes.length,
    declaredSha256: createHash('sha256').update(bytes).digest('hex'),
  }
}

/** Keeps a worker busy for seconds: every line is read for phone numbers. */
const slow = () => fileOf('+1 650 253 0000 '.repeat(500_000), 'txt')

async function within<Value>(pool: CheckPool, use: (pool: CheckPool) => Promise<Value>): Promise<Value> {
  try {
    return await use(pool)
  } finally {
    pool.close()
  }
}

const linuxIt = process.platform === 'linux' ? it : it.skip

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/stat`, 'latin1').split(') ')[1]?.split(' ')[1] === String(pid)
      } catch {
        return false
      }
    })
    .map(Number)
    .filter((child) => readFileSync(`/proc/${child}/cmdline`, 'latin1').includes('worker/child'))
}

describe('checkInWorker', function () {
  this.timeout(60_000)

  it('gives the verdict runChecks gives', async () => {
    const input = fileOf(PROSE.repeat(2), 'txt')
    const rules = defaultRules('text')
    expect(await checkInWorker({ input, rules })).to.deep.equal(await runChecks(input, rules))
  })

  it('compares with the index and hashes of its caller', async () => {
    const input = fileOf(PROSE, 'txt')
    const hashes = new Map([[input.declaredSha256, 'earlier']])
    const verdict = await checkInWorker({ input, rules: defaultRules('text'), context: { hashes } })
    expect(verdict.results.find(({ code }) => code === 'exact-duplicate')?.related?.contribution).to.equal('earlier')
  })
})

describe('check pool', function () {
  this.timeout(60_000)

  it('rejects what takes too much processor time', () =>
    within(createCheckPool({ size: 1, limits: { ...DEFAULT_WORKER_LIMITS, cpuSeconds: 1 } }), async (pool) => {
      const { vote, results } = await pool.check(slow(), defaultRules('text'))
      expect([vote, results[0]?.code, results[0]?.threshold]).to.deep.equal(['reject', 'decode-limit-exceeded', 1])
    }))

  it('abstains where the machine was too slow to tell', () =>
    within(createCheckPool({ size: 1, limits: { ...DEFAULT_WORKER_LIMITS, wallSeconds: 0.2 } }), async (pool) => {
      const { vote, results } = await pool.check(slow(), defaultRules('text'))
      expect([vote, results[0]?.code]).to.deep.equal(['abstain', 'unavailable'])
    }))

  it('rejects what takes too much memory, and checks the next file', () =>
    within(
      createCheckPool({ size: 1, limits: { ...DEFAULT_WORKER_LIMITS, memoryBytes: 420 * 2 ** 20 } }),
      async (pool) => {
        const wide = { ...defaultRules('text').checks.size, maxBytes: 200_000_000 }
        const rules = defaultRules('text')
        rules.checks.size = wide
        const limits = { ...DEFAULT_WORKER_LIMITS.decode, characters: 200_000_000 }
        const { vote, results } = await pool.check(fileOf(`${PROSE}é `.repeat(900_000), 'txt'), rules, { limits })
        expect([vote, results[0]?.code, results[0]?.threshold]).to.deep.equal([
          'reject',
          'decode-limit-exceeded',
          420 * 2 ** 20,
        ])
        expect((await pool.check(fileOf(PROSE, 'txt'), defaultRules('text'))).vote).to.equal('accept')
      },
    ))

  it('checks many files at once with few processes', () =>
    within(createCheckPool({ size: 2 }), async (pool) => {
      const inputs = Array.from({ length: 40 }, (_, at) => fileOf(`${PROSE}Entry ${at}.`, 'txt'))
      const verdicts = await Promise.all(inputs.map((input) => pool.check(input, defaultRules('text'))))
      expect(verdicts.map(({ vote }) => vote)).to.deep.equal(inputs.map(() => 'accept'))
      expect(childrenOf(process.pid).length).to.be.at.most(3)
    }))

  linuxIt('abstains when its processes are killed from outside, and lives on', () =>
    within(createCheckPool({ size: 1 }), async (pool) => {
      const before = new Set(childrenOf(process.pid))
      const checking = pool.check(slow(), defaultRules('text'))
      let killing = true
      const killer = (async () => {
        while (killing) {
          await new Promise((resolve) => setTimeout(resolve, 900))
          for (const child of childrenOf(process.pid)) if (killing && !before.has(child)) process.kill(child, 'SIGKILL')
        }
      })()
      const outcome = await checking.catch((error: unknown) => error)
      killing = false
      await killer
      // Killed while starting is an outage too, and is thrown as one.
      if (outcome instanceof Error) expect(outcome).to.be.instanceOf(WorkerStartError)
      else expect(outcome).to.have.nested.property('results[0].code', 'unavailable')
      expect((await pool.check(fileOf(PROSE, 'txt'), defaultRules('text'))).vote).to.equal('accept')
    }),
  )

  linuxIt('gives its processes nothing of the environment', () =>
    within(createCheckPool({ size: 1 }), async (pool) => {
      const before = new Set(childrenOf(process.pid))
      process.env.DATANETS_TEST_SECRET = 'canary'
      try {
        await pool.check(fileOf(PROSE, 'txt'), defaultRules('text'))
        const [child] = childrenOf(process.pid).filter((each) => !before.has(each))
        const environment = readFileSync(`/proc/${child}/environ`, 'latin1')
        expect(environment).to.include('TZ=UTC')
        expect(environment).to.not.include('canary')
        expect(environment).to.not.include('HOME=')
      } finally {
        delete process.env.DATANETS_TEST_SECRET
      }
    }),
  )

  it('error: PoolClosedError for waiting and later files', async () => {
    const pool = createCheckPool({ size: 1 })
    const running = [slow(), slow()].map((input) =>
      pool.check(input, defaultRules('text')).catch((error: unknown) => error),
    )
    await new Promise((resolve) => setTimeout(resolve, 300))
    pool.close()
    for (const outcome of await Promise.all(running)) expect(outcome).to.be.instanceOf(Error)
    expect(
      await pool.check(fileOf(PROSE, 'txt'), defaultRules('text')).catch((error: unknown) => error),
    ).to.be.instanceOf(PoolClosedError)
  })
})

describe('lockdown', function () {
  this.timeout(20_000)
  const lockdown = fileURLToPath(new URL('./lockdown.ts', import.meta.url))

  const attempts: [string, string][] = [
    ['a socket', "(await import('node:net')).connect(9, '127.0.0.1')"],
    ['a server', "(await import('node:net')).createServer().listen(0)"],
    ['http', "(await import('node:http')).get('http://127.0.0.1:9/')"],
    ['a datagram', "(await import('node:dgram')).createSocket('udp4').send('x', 9, '127.0.0.1')"],
    ['a name look-up', "(await import('node:dns')).lookup('localhost', () => {})"],
    ['a named import of dns', "const { promises } = await import('node:dns'); promises.resolve4('localhost')"],
    ['fetch', "await fetch('http://127.0.0.1:9/')"],
  ]
  for (const [what, code] of attempts) {
    it(`denies ${what}`, async () => {
      const args = ['--conditions=@datanets/source', '--import', lockdown, '--input-type=module', '-e', code]
      const failure = await promisify(execFile)(process.execPath, args, { env: {} }).catch(
        (error: { stderr: string }) => error,
      )
      expect(failure).to.have.property('stderr').that.includes('NetworkDeniedError')
    })
  }
})
