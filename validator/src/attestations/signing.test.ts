import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { LocalAccount } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { JournalConflictError } from '../errors/journal.ts'
import { SignerMismatchError } from '../errors/keys.ts'
import { Journal } from '../journal/journal.ts'
import { AttestationSigner } from './signing.ts'

const place = { chainId: 31337, contract: '0x00000000000000000000000000000000000000cc' } as const
const digest = `0x${'1'.repeat(64)}` as const
const report = `0x${'2'.repeat(64)}` as const
const subject = { digest, label: '3-12', validatorId: 1 }
const votes = { accepted: 5n, rejected: 2n, report }
const other = { ...votes, accepted: 4n }
const key = privateKeyToAccount(generatePrivateKey())

describe('AttestationSigner', () => {
  let dir: string
  let journal: Journal
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'signing-'))
    journal = Journal.open({ dir, key: key.address })
  })
  afterEach(() => {
    journal.close()
    rmSync(dir, { recursive: true })
  })

  const signerWith = (signer: LocalAccount) => new AttestationSigner(place, { journal, signer })
  const failureOf = (work: Promise<unknown>) =>
    work.then(
      () => expect.fail('it signed'),
      (error: unknown) => error,
    )

  it('has the votes in the journal before the key is used', async () => {
    let recordedAtSigning: unknown
    const watched: LocalAccount = {
      ...key,
      signTypedData: (typedData) => {
        recordedAtSigning = signerWith(key).recorded(digest)
        return key.signTypedData(typedData)
      },
    }
    await signerWith(watched).sign(subject, votes)
    expect(recordedAtSigning).to.deep.equal(votes)
  })

  it('never uses the key for a second, different statement', async () => {
    let signatures = 0
    const counted: LocalAccount = {
      ...key,
      signTypedData: (typedData) => {
        signatures++
        return key.signTypedData(typedData)
      },
    }
    await signerWith(counted).sign(subject, votes)
    expect(await failureOf(signerWith(counted).sign(subject, other))).to.be.instanceOf(JournalConflictError)
    expect(signatures).to.equal(1)
  })

  it('gives the same signature again without the key', async () => {
    const first = await signerWith(key).sign(subject, votes)
    const lost = { ...key, signTypedData: () => Promise.reject(new Error('the key is gone')) } as LocalAccount
    expect(await signerWith(lost).sign(subject, votes)).to.deep.equal(first)
  })

  it('signs what was recorded when the process died between journal and signature', async () => {
    const dying = { ...key, signTypedData: () => Promise.reject(new Error('killed')) } as LocalAccount
    await failureOf(signerWith(dying).sign(subject, votes))
    expect(signerWith(key).recorded(digest)).to.deep.equal(votes)
    expect(await failureOf(signerWith(key).sign(subject, other))).to.be.instanceOf(JournalConflictError)
    expect((await signerWith(key).sign(subject, votes)).accepted).to.equal(votes.accepted)
  })

  it('holds to an attestation of this key that only peers remembered', async () => {
    const elsewhere = Journal.open({ dir: join(dir, 'other'), key: key.address })
    const remembered = await new AttestationSigner(place, { journal: elsewhere, signer: key }).sign(subject, votes)
    elsewhere.close()
    signerWith(key).adopt({ ...remembered, label: subject.label })
    expect(await failureOf(signerWith(key).sign(subject, other))).to.be.instanceOf(JournalConflictError)
    expect(await signerWith(key).sign(subject, votes)).to.deep.equal(remembered)
  })

  it('error: SignerMismatchError when the signer holds another key', async () => {
    const wrong = { ...privateKeyToAccount(generatePrivateKey()), address: key.address } as LocalAccount
    expect(await failureOf(signerWith(wrong).sign(subject, votes))).to.be.instanceOf(SignerMismatchError)
  })
})
