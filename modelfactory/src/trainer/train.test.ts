import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { TrainerCrashedError, TrainerRefusedError, TrainerTimeoutError } from '../errors/trainer.ts'
import { missedEvents } from './catch-up.ts'
import { ask } from './command.ts'
import { createSpawnHost } from './spawn-host.ts'
import type { Task, TrainerEvent } from './task.ts'
import { superviseTraining } from './train.ts'

/** Stands where Python does: a program of the test's, so that crashes can be had at will. */
describe('supervision of the trainer', function () {
  this.timeout(20_000)
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'supervise-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  /** A host whose `python` is `body`, with `out`, `attempt` and `say` at hand. */
  function hostOf(body: string) {
    const python = join(folder, 'python')
    const head = `#!${process.execPath}
      const fs = process.getBuiltinModule('node:fs')
      const args = process.argv.slice(4)
      const out = args[args.indexOf('--out') + 1]
      const counter = ${JSON.stringify(join(folder, 'attempts'))}
      const attempt = fs.existsSync(counter) ? Number(fs.readFileSync(counter)) + 1 : 1
      fs.writeFileSync(counter, String(attempt))
      const say = (event) => fs.writeSync(1, JSON.stringify(event) + '\\n')
      const begin = () => { fs.mkdirSync(out + '/checkpoints', { recursive: true }); fs.writeFileSync(out + '/request.json', '{}') }
      const checkpoint = (step) => fs.mkdirSync(out + '/checkpoints/step-' + String(step).padStart(8, '0'), { recursive: true })
    `
    writeFileSync(python, `${head}\n${body}`)
    chmodSync(python, 0o755)
    return createSpawnHost({ python, trainerDir: folder })
  }
  const input = () => ({ base: 'b', sources: 's', settings: 't', out: join(folder, 'out') })
  const attempts = () => Number(readFileSync(join(folder, 'attempts'), 'utf8'))

  it('restarts a crash from the checkpoint it left', async () => {
    const host = hostOf(`
      begin()
      say({ type: 'started', resumed: args.includes('--resume') })
      checkpoint(attempt)
      if (attempt < 4) process.kill(process.pid, 'SIGKILL')
      else fs.writeFileSync(out + '/manifest.json', '{}')`)
    const events: TrainerEvent[] = []
    const end = await superviseTraining({ host, input: input(), onEvent: (event) => events.push(event) })
    expect(end).to.equal('finished')
    expect(events.filter(({ type }) => type === 'started').map(({ resumed }) => resumed)).to.deep.equal([
      false,
      true,
      true,
      true,
    ])
    expect(events.filter(({ type }) => type === 'restarted').map(({ checkpoint }) => checkpoint)).to.deep.equal([
      ...['step-00000001', 'step-00000002', 'step-00000003'],
    ])
  })

  it('gives up after three crashes without progress, with what was on standard error', async () => {
    const host = hostOf(`begin(); console.error('out of paper'); process.exit(1)`)
    const error = await superviseTraining({ host, input: input() }).catch((failure) => failure)
    expect(error).to.be.instanceOf(TrainerCrashedError)
    expect(error.metaMessages.join()).to.contain('out of paper')
    expect(attempts()).to.equal(3)
  })

  it('does not try again what the trainer refuses', async () => {
    const host = hostOf(
      `say({ type: 'error', code: 'SettingsError', message: 'rank is 0', limit: '1', remedy: 'raise it', exitCode: 3 }); process.exit(3)`,
    )
    const error = await superviseTraining({ host, input: input() }).catch((failure) => failure)
    expect(error).to.be.instanceOf(TrainerRefusedError)
    expect(error.code).to.equal('SettingsError')
    expect(attempts()).to.equal(1)
  })

  it('leaves a finished run as it is', async () => {
    const host = hostOf(`begin(); fs.writeFileSync(out + '/manifest.json', '{}')`)
    await superviseTraining({ host, input: input() })
    expect(await superviseTraining({ host, input: input() })).to.equal('finished')
    expect(attempts()).to.equal(1)
  })

  it('pauses when asked', async () => {
    const host = hostOf(`
      begin()
      say({ type: 'step' })
      process.getBuiltinModule('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
        if (JSON.parse(line).command === 'pause') process.exit(20)
      })`)
    let task: Task | undefined
    const onEvent = () => task?.pause()
    const end = await superviseTraining({ host, input: input(), onEvent, onTask: (made) => (task = made) })
    expect(end).to.equal('paused')
  })

  it('ends a command at its time limit, with everything it started', async () => {
    const pidFile = join(folder, 'grandchild')
    const host = hostOf(`
      const child = process.getBuiltinModule('node:child_process').spawn('sleep', ['600'])
      fs.writeFileSync(${JSON.stringify(pidFile)}, String(child.pid))
      setInterval(() => {}, 1000)`)
    const error = await ask(host, ['estimate'], undefined, { limits: { timeMs: 1500 } }).catch((failure) => failure)
    expect(error).to.be.instanceOf(TrainerTimeoutError)
    expect(existsSync(pidFile)).to.equal(true)
    expect(isRunning(Number(readFileSync(pidFile, 'utf8')))).to.equal(false)
  })

  it('finds what the trainer did while nobody listened', () => {
    const lines = [1, 2, 3].map((sequence) => JSON.stringify({ type: 'step', sequence }))
    writeFileSync(join(folder, 'events.jsonl'), `${lines.join('\n')}\n{"type":"st`)
    expect(missedEvents(folder, 1).map(({ sequence }) => sequence)).to.deep.equal([2, 3])
  })
})

/** Whether a process lives. One that ended and was not collected yet does not. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
