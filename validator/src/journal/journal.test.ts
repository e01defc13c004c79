import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect } from 'chai'
import {
  JournalConflictError,
  JournalKeyMismatchError,
  JournalLockedError,
  JournalUnreadableError,
} from '../errors/journal.ts'
import { Journal, type Statement } from './journal.ts'

const KEY = '0x00000000000000000000000000000000000000aA'
const OTHER_KEY = '0x00000000000000000000000000000000000000bB'
const CHILD = new URL('../../test/journal-child.ts', import.meta.url)

const statement: Statement = {
  chainId: 31337,
  contract: '0x00000000000000000000000000000000000000Cc',
  kind: 'lot',
  subject: `0x${'1'.repeat(64)}`,
  label: '3-12',
  content: '{"accepted":"0x01"}',
}
const other: Statement = { ...statement, content: '{"accepted":"0x02"}' }

describe('Journal', () => {
  let dir: string
  const opened: Journal[] = []
  const open = (key: `0x${string}` = KEY) => {
    const journal = Journal.open({ dir, key })
    opened.push(journal)
    return journal
  }

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'journal-'))
  })
  afterEach(() => {
    for (const journal of opened.splice(0)) journal.close()
    rmSync(dir, { recursive: true })
  })

  it('records a statement and returns it', () => {
    const recorded = open().record(statement)
    expect(recorded.content).to.equal(statement.content)
    expect(recorded.signature).to.equal(null)
  })

  it('takes the same content again and returns its signature', () => {
    const journal = open()
    journal.record(statement)
    journal.saveSignature(statement, '0xabcd')
    expect(journal.record(statement).signature).to.equal('0xabcd')
    expect(journal.all()).to.have.length(1)
  })

  it('refuses another content for the same digest, and keeps the first', () => {
    const journal = open()
    journal.record(statement)
    expect(() => journal.record(other)).to.throw(JournalConflictError, 'second, different statement about 3-12')
    expect(journal.find(statement)?.content).to.equal(statement.content)
  })

  it('refuses it however digest and contract are spelled', () => {
    const journal = open()
    const subject = `0x${'aB'.repeat(32)}` as const
    journal.record({ ...statement, subject })
    const respelled = {
      ...other,
      subject: subject.toLowerCase() as typeof subject,
      contract: statement.contract.toLowerCase() as typeof statement.contract,
    }
    expect(() => journal.record(respelled)).to.throw(JournalConflictError)
  })

  it('allows another content for the digest that a reorganisation gave the lot, and the first again when it is back', () => {
    const journal = open()
    journal.record(statement)
    journal.record({ ...other, subject: `0x${'2'.repeat(64)}` })
    expect(journal.record(statement).content).to.equal(statement.content)
    expect(() => journal.record(other)).to.throw(JournalConflictError)
  })

  it('keeps chains, contracts and kinds apart', () => {
    const journal = open()
    journal.record(statement)
    journal.record({ ...other, chainId: 1 })
    journal.record({ ...other, contract: '0x00000000000000000000000000000000000000dD' })
    journal.record({ ...other, kind: 'run' })
    expect(journal.all()).to.have.length(4)
  })

  it('refuses across a restart', () => {
    const first = open()
    first.record(statement)
    first.close()
    expect(() => open().record(other)).to.throw(JournalConflictError)
  })

  it('cannot be changed or emptied by SQL either', () => {
    const journal = open()
    journal.record(statement)
    journal.saveSignature(statement, '0xabcd')
    journal.close()
    const db = new Database(journal.path)
    expect(() => db.exec('DELETE FROM statements')).to.throw('append-only')
    expect(() => db.exec("UPDATE statements SET content = 'x'")).to.throw('append-only')
    expect(() => db.exec("UPDATE statements SET subject = 'x'")).to.throw('append-only')
    expect(() => db.exec("UPDATE statements SET signature = '0xff'")).to.throw('append-only')
    db.close()
  })

  it('is readable by its owner only', () => {
    expect(statSync(open().path).mode & 0o777).to.equal(0o600)
  })

  it('error: JournalLockedError when it is open already in this process', () => {
    open()
    expect(() => open()).to.throw(JournalLockedError, 'Another process holds the journal')
  })

  it('error: JournalLockedError while another process has it, and free again once that one is killed', async () => {
    const child = fork(CHILD, [dir, KEY, 'hold'], { stdio: 'ignore' })
    await once(child, 'message')
    expect(() => open()).to.throw(JournalLockedError)
    child.kill('SIGKILL')
    await once(child, 'exit')
    open()
  })

  it('error: JournalKeyMismatchError when a journal was renamed to another key', () => {
    const first = open()
    first.close()
    renameSync(first.path, join(dir, `journal-${OTHER_KEY.toLowerCase()}.sqlite`))
    expect(() => open(OTHER_KEY)).to.throw(JournalKeyMismatchError)
  })

  it('error: JournalUnreadableError for a damaged file, never an empty journal in its place', () => {
    const first = open()
    first.close()
    writeFileSync(first.path, 'no database at all, but long enough to be looked at as one'.repeat(100))
    expect(() => open()).to.throw(JournalUnreadableError)
  })

  it('has every statement on disk before record returns, whenever the process is killed', async function () {
    this.timeout(30_000)
    for (const limit of [1, 3, 7]) {
      const child = fork(CHILD, [dir, KEY, 'write'], { stdio: 'ignore' })
      let last = -1
      child.on('message', (number) => {
        last = Number(number)
        if (last >= limit) child.kill('SIGKILL')
      })
      await once(child, 'exit')
      const journal = open()
      const contents = new Set(journal.all().map(({ content }) => content))
      for (let number = 0; number <= last; number++)
        expect(contents.has(String(number)), `statement ${number}`).to.equal(true)
      journal.close()
    }
  })
})
