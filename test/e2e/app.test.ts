import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Browser, chromium, type Page } from 'playwright-core'
import { formatEther } from 'viem'
import { type ServedApp, serveApp } from '../../scripts/app/serve.ts'
import { people } from '../../scripts/stack/accounts.ts'
import { type Stack, startStack } from '../../scripts/stack/stack.ts'
import { inspect, seriousFindings, type Theme, useTheme } from './app/pages.ts'
import { installWallet, type TestWallet } from './app/wallet.ts'

const root = join(import.meta.dirname, '..', '..')
const CHROMIUM = '/usr/bin/chromium'
const good = (name: string) => join(root, 'samples', 'good', name)
const text = 'composting.md'
const picture = 'hills.png'
const Alice = people.contributors.Alice

describe('the app, from a wallet to a claim', function () {
  this.timeout(90_000)

  let stack: Stack
  let app: ServedApp
  let browser: Browser
  let page: Page
  let wallet: TestWallet
  let dataDir: string
  /** Where a person looks at every page afterwards. */
  let shots: string
  /** What the browser complained of: scripts, styles and requests that the policy blocked are among them. */
  const complaints: string[] = []

  before(async function () {
    if (!existsSync(CHROMIUM)) {
      console.warn(`    No ${CHROMIUM} here: install the package chromium to run these tests.`)
      this.skip()
    }
    this.timeout(180_000)
    dataDir = await mkdtemp(join(tmpdir(), 'datanets-app-'))
    shots = process.env.DATANETS_SHOTS ?? join(tmpdir(), 'datanets-app-shots')
    await mkdir(shots, { recursive: true })
    stack = await startStack({ port: 0, dataDir, onStep: () => {} })
    app = await serveApp({ stack, port: 0 })
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
    page = await browser.newPage({ viewport: { width: 1200, height: 900 }, colorScheme: 'light' })
    page.setDefaultTimeout(30_000)
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    wallet = await installWallet(page, { account: Alice, chain: stack.client.chain, chainId: 1 })
    await page.goto(app.url)
  })

  after(async () => {
    await browser?.close()
    await app?.close()
    await stack?.close()
    if (dataDir !== undefined) await rm(dataDir, { recursive: true, force: true })
  })

  const button = (name: string | RegExp) => page.getByRole('button', { name })
  const go = (name: string) => page.getByRole('navigation').getByRole('link', { name }).click()

  it('browses Datanets by modality, and tells purpose, terms and rules in plain words', async () => {
    await page.getByRole('link', { name: 'Patterns' }).waitFor()
    await button('Text').click()
    await page.getByRole('link', { name: 'Patterns' }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Field notes' }).click()
    await page.getByText('Short, factual articles').waitFor()
    await page.getByText('Each accepted file earns 5 OPEN.').waitFor()
    await page.getByText('A file has to fit the purpose.').waitFor()
  })

  it('connects an announced wallet, stays usable after a refusal, and asks to leave a wrong chain', async () => {
    wallet.declines.add('eth_requestAccounts').add('wallet_requestPermissions')
    await button('Connect wallet').click()
    await button('Test Wallet').click()
    await page.getByText('You declined it in your wallet.').waitFor()
    expect(await seriousFindings(page)).to.deep.equal([])
    await page.screenshot({ path: join(shots, 'connect-light.png') })
    wallet.declines.clear()
    await button('Test Wallet').click()
    await button('Switch to the local chain').click()
    await button('Switch to the local chain').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: new RegExp(Alice.address.slice(0, 6)) }).waitFor()
  })

  it('says beside each file where it goes or why it does not, before anything is signed', async () => {
    const odd = join(dataDir, 'program.exe')
    const short = join(dataDir, 'short.txt')
    const copy = join(dataDir, 'copy.txt')
    await writeFile(odd, 'MZ')
    await writeFile(short, 'Too short.')
    await writeFile(copy, 'Too short.')
    await go('Contribute')
    const files = [good(`text/${text}`), odd, short, copy]
    await page.locator('input[type=file]').first().setInputFiles(files)
    const list = page.getByTestId('checked-files')
    await list.getByText('goes to Field notes').first().waitFor()
    await list.getByText('Not a format that Datanets take').waitFor()
    await list.getByText('The same bytes as short.txt').waitFor()
    await page.getByText('0 used, 2 more now, 18 left').waitFor()
    expect(wallet.asked).not.to.include('eth_sendTransaction')
    await inspect(page, { name: 'contribute-files', theme: 'light', dir: shots })
    await useTheme(page, 'dark')
    await inspect(page, { name: 'contribute-files', theme: 'dark', dir: shots })
    await useTheme(page, 'light')
  })

  it('loses no chosen file in a reload', async () => {
    await page.reload()
    const list = page.getByTestId('checked-files')
    await list.getByText('goes to Field notes').first().waitFor()
    await list.getByText('The same bytes as short.txt').waitFor()
  })

  it('keeps the files after a refusal in the wallet, and then sends them in one transaction', async () => {
    wallet.declines.add('eth_sendTransaction')
    await button('Contribute 2 files').click()
    await page.getByText('You declined it in your wallet.').waitFor()
    wallet.declines.clear()
    await button('Contribute 2 files').click()
    await page.getByText('On chain and published.').waitFor()
    await page.screenshot({ path: join(shots, 'contribute-sent-light.png'), fullPage: true })
    expect(wallet.asked.filter((method) => method === 'eth_sendTransaction')).to.have.length(2)
  })

  it('finishes by itself, after a reload, what was signed but could not be published', async () => {
    await page.route('**/upload/**', (route) => route.abort())
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles(good(`image/${picture}`))
    await page.getByText('You contributed the same bytes already').waitFor()
    await button('Contribute 1 file').click()
    await page.getByText('Not finished yet').waitFor()
    await page.unroute('**/upload/**')
    await page.reload()
    await page.locator('details').filter({ hasText: picture }).waitFor()
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles(good(`image/${picture}`))
    await page.getByTestId('checked-files').getByText('You contributed the same bytes already').first().waitFor()
    await page.getByText('Not finished yet').waitFor({ state: 'detached' })
    complaints.splice(0)
  })

  it('shows the result of the votes, with the reasons of a rejection', async () => {
    const rows = page.locator('details')
    for (const name of [text, picture])
      await rows.filter({ hasText: name }).filter({ hasText: 'accepted and paid' }).waitFor({ timeout: 80_000 })
    const rejected = rows.filter({ hasText: 'not accepted' })
    await rejected.locator('summary').click()
    await rejected.getByText('Validator 1 rejects').waitFor()
    await rejected.getByText('(too-short)').first().waitFor()
  })

  it('claims everything in one transaction, and stays usable when that is refused', async () => {
    await go('Rewards')
    wallet.declines.add('eth_sendTransaction')
    await button('Claim all 13 OPEN').click()
    await page.getByText('You declined it in your wallet.').waitFor()
    wallet.declines.clear()
    await button('Claim all 13 OPEN').click()
    await page.getByText('Claimed 13 OPEN.').waitFor()
    await button('Claim all 0 OPEN').waitFor()
    const held = await stack.client.readContract({
      address: stack.deployment.contracts.OpenToken.address,
      abi: [
        {
          type: 'function',
          name: 'balanceOf',
          stateMutability: 'view',
          inputs: [{ type: 'address' }],
          outputs: [{ type: 'uint256' }],
        },
      ],
      functionName: 'balanceOf',
      args: [Alice.address],
    })
    expect(formatEther(held)).to.equal('13')
  })

  it('recomputes the leaderboard in the browser', async () => {
    await go('Leaderboard')
    await button('Recompute in this browser').click()
    await page.getByText(/^Equal: all 1 ranks/).waitFor()
  })

  it('says that the chain is down, keeps what it showed, and recovers by itself', async () => {
    const chain = `${stack.chain.url}/**`
    await page.route(chain, (route) => route.abort())
    await page.getByText('The chain cannot be reached.').first().waitFor()
    await page.getByRole('region', { name: 'Leaderboard' }).waitFor()
    await page.unroute(chain)
    await page.getByText('The chain cannot be reached.').first().waitFor({ state: 'detached' })
    complaints.splice(0)
  })

  it('takes no block that does not hash to its CID, and nothing from another site', async () => {
    const cid = 'bafkreifzjut3te7nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e'
    const forged = await fetch(`${app.url}/upload/blocks/${cid}`, { method: 'PUT', body: 'other bytes' })
    expect(forged.status).to.equal(422)
    const foreign = await fetch(`${app.url}/upload/pins/${cid}`, {
      method: 'POST',
      headers: { origin: 'https://elsewhere.example' },
    })
    expect(foreign.status).to.equal(403)
    const large = await fetch(`${app.url}/upload/blocks/${cid}`, { method: 'PUT', body: new Uint8Array(3_000_000) })
    expect(large.status).to.equal(413)
  })

  for (const theme of ['light', 'dark'] as const satisfies Theme[]) {
    it(`has no serious accessibility finding and no sideways scroll at 360 px, ${theme}`, async () => {
      await useTheme(page, theme)
      const places = {
        datanets: ['/', 'Patterns'],
        datanet: ['/datanets/1', 'A file has to fit the purpose.'],
        contribute: ['/contribute', 'accepted and paid'],
        validate: ['/validate', 'active'],
        leaderboard: ['/leaderboard', 'Recompute in this browser'],
        rewards: ['/rewards', 'Claimed so far'],
        profile: [`/profile/${Alice.address}`, 'accepted and paid'],
      } as const
      for (const [name, [path, text]] of Object.entries(places)) {
        await page.goto(`${app.url}${path}`)
        await page.getByText(text).first().waitFor()
        await page.waitForLoadState('networkidle', { timeout: 2000 }).catch(() => {
          // The page asks the chain every few seconds: it may never be idle.
        })
        if (name === 'contribute') await page.locator('details summary').first().click()
        await inspect(page, { name, theme, dir: shots })
      }
    })
  }

  it('runs under its content security policy without a complaint of the browser', () => {
    expect(complaints).to.deep.equal([])
  })
})
