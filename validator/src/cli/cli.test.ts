import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { parseKeystore } from '../../test/keystore.ts'
import { COMMANDS } from './commands/index.ts'
import { completionScript } from './completion.ts'
import { EXIT_CODES } from './exit-codes.ts'
import { table } from './output.ts'
import { runCli } from './program.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const sample = join(root, 'samples', 'good', 'text', 'composting.md')
const silent = join(root, 'samples', 'bad', 'silent.wav')

describe('datanet', function () {
  this.timeout(60_000)
  let home: string
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'datanet-'))
  })
  afterEach(() => rmSync(home, { recursive: true }))

  async function cli(args: string[], env: Record<string, string> = {}) {
    let out = ''
    let err = ''
    const code = await runCli(args, {
      env,
      signal: AbortSignal.timeout(50_000),
      streams: {
        out: (text) => {
          out += text
        },
        err: (text) => {
          err += text
        },
      },
    })
    return { code, out, err }
  }

  describe('every command', () => {
    it('takes --json, and --dry-run when it sends transactions', async () => {
      for (const { name, writes } of COMMANDS) {
        const { code, out } = await cli([name, '--help'])
        expect([name, code]).to.deep.equal([name, 0])
        expect(out, name).to.contain('--json')
        expect(out.includes('--dry-run'), `${name} --dry-run`).to.equal(writes === true)
      }
    })

    it('has a summary that fits a line and starts small', () => {
      for (const { name, summary } of COMMANDS) expect(summary, name).to.match(/^[a-z].{5,110}$/)
    })

    it('never takes a key or password as an argument', async () => {
      for (const { name } of COMMANDS)
        expect((await cli([name, '--help'])).out).to.not.match(/--(private-?key|password|mnemonic)/i)
    })
  })

  it('lists its exit codes in the help, each once', async () => {
    const { out } = await cli(['--help'])
    for (const { code, means } of Object.values(EXIT_CODES)) expect(out).to.contain(`${code}  ${means}`)
    expect(new Set(Object.values(EXIT_CODES).map(({ code }) => code)).size).to.equal(Object.keys(EXIT_CODES).length)
  })

  it('exit 2 for an unknown command or option', async () => {
    expect((await cli(['fly'])).code).to.equal(2)
    expect((await cli(['check', sample, '--colour'])).code).to.equal(2)
  })

  describe('check', () => {
    it('accepts a good file without a chain: exit 0, every check with its number', async () => {
      const { code, out } = await cli(['check', sample, '--json'])
      const { vote, files } = JSON.parse(out)
      expect([code, vote]).to.deep.equal([0, 'accept'])
      expect(files[0].results.find(({ check }: { check: string }) => check === 'size').measured).to.equal(
        statSync(sample).size,
      )
    })

    it('rejects a bad one: exit 6, with the reason for people', async () => {
      const { code, out } = await cli(['check', silent])
      expect([code, out]).to.satisfy(
        ([given, text]: [number, string]) => given === 6 && /silence\s+fail\s+silent/.test(text),
      )
    })

    it('applies the rules of a document', async () => {
      const rules = join(home, 'rules.json')
      writeFileSync(
        rules,
        JSON.stringify({ version: 1, modality: 'text', checks: { textLength: { minCharacters: 1_000_000 } } }),
      )
      const { code, out } = await cli(['check', sample, '--rules', rules, '--json'])
      expect(code).to.equal(6)
      expect(out).to.contain('"too-short"')
    })

    it('exit 2 for rules that are none, with every problem', async () => {
      const rules = join(home, 'rules.json')
      writeFileSync(
        rules,
        JSON.stringify({ version: 1, modality: 'text', checks: { colour: {}, size: { maxBytes: -1 } } }),
      )
      const { code, err } = await cli(['check', sample, '--rules', rules])
      expect(code).to.equal(2)
      expect(err).to.contain('2 problems').and.contain('colour').and.contain('maxBytes')
    })

    it('exit 2 for a file that is not there or has no known format', async () => {
      expect((await cli(['check', join(home, 'absent.md')])).code).to.equal(2)
      expect((await cli(['check', join(root, 'package.json')])).code).to.equal(2)
    })

    it('finds what it is compared with: the earlier file and the similarity', async () => {
      const { code, out } = await cli(['check', sample, '--against', sample, '--json'])
      const near = JSON.parse(out).files[0].results.find(({ check }: { check: string }) => check === 'nearDuplicate')
      expect(code).to.equal(6)
      expect(near.related).to.deep.equal({ contribution: sample, similarity: 1 })
    })

    it('gives the same numbers each time', async () => {
      const [first, second] = [await cli(['check', sample, '--json']), await cli(['check', sample, '--json'])]
      expect(first.out).to.equal(second.out)
    })
  })

  describe('init', () => {
    const env = { DATANET_SIGNING_PASSWORD: 'a long enough password' }
    const init = (...more: string[]) =>
      cli(['init', '--home', home, '--rpc', 'http://127.0.0.1:8545', '--json', ...more], env)

    it('writes a configuration and an encrypted key that only the owner can read', async () => {
      const { code, out } = await init('--peer', 'http://127.0.0.1:1')
      const { config, keystore, signingKey } = JSON.parse(out)
      expect(code).to.equal(0)
      expect(parseKeystore(readFileSync(keystore, 'utf8'))).to.equal(signingKey)
      for (const path of [config, keystore]) expect(statSync(path).mode & 0o077).to.equal(0)
      expect(JSON.parse(readFileSync(config, 'utf8')).peers).to.deep.equal(['http://127.0.0.1:1'])
    })

    it('exit 2 rather than overwriting', async () => {
      await init()
      expect((await init()).code).to.equal(2)
    })

    it('exit 5 without a password, and leaves nothing half done', async () => {
      const { code, out } = await cli(['init', '--home', home, '--rpc', 'http://127.0.0.1:8545', '--json'])
      expect([code, JSON.parse(out).error.name]).to.deep.equal([5, 'KeySourceError'])
      await init()
    })
  })

  it('exit 4 when the chain does not answer, named in the JSON', async () => {
    const { code, out } = await cli(['lots', '--rpc', 'http://127.0.0.1:9', '--home', home, '--json'])
    expect([code, JSON.parse(out).error.exit]).to.deep.equal([4, 'unreachable'])
  })

  it('exit 2 without any configuration', async () => {
    expect((await cli(['lots', '--home', home])).code).to.equal(2)
  })

  describe('completion', () => {
    it('knows every command, and a shell can read it', async () => {
      const script = completionScript('bash', COMMANDS)
      for (const { name } of COMMANDS) expect(script).to.contain(name)
      execFileSync('bash', ['-n'], { input: script })
      const completed = execFileSync('bash', [
        '-c',
        `${script}\nCOMP_WORDS=(datanet exp) COMP_CWORD=1; _datanet; echo "\${COMPREPLY[@]}"`,
      ])
      expect(String(completed).trim()).to.equal('explain')
    })

    it('exit 2 for an unknown shell', async () => {
      expect((await cli(['completion', 'csh'])).code).to.equal(2)
      expect((await cli(['completion', 'fish'])).out).to.contain('complete -c datanet')
    })
  })

  it('runs as a program, under any Node, and ends with the command’s exit code', async () => {
    const child = spawn(process.execPath, [join(root, 'validator', 'bin', 'datanet.mjs'), 'check', silent, '--json'], {
      env: { ...process.env, NODE_OPTIONS: '' },
    })
    let out = ''
    child.stdout.on('data', (chunk) => {
      out += String(chunk)
    })
    const [code] = await once(child, 'close')
    expect([code, JSON.parse(out).vote]).to.deep.equal([6, 'reject'])
  })
})

describe('table', () => {
  it('aligns numbers to the right and text to the left', () => {
    expect(
      table(
        ['id', 'name'],
        [
          [1, 'a'],
          [10, 'bb'],
        ],
      ),
    ).to.equal(['id  name', '--  ----', ' 1  a', '10  bb'].join('\n'))
  })
})
