import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Page } from 'playwright-core'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

export type Theme = 'light' | 'dark'

/** Serious accessibility findings of the page as it is now, in words. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(axe, 'utf8'))
  return page.evaluate(async () => {
    type Found = { id: string; impact: string; help: string; nodes: { html: string }[] }
    const { axe } = globalThis as unknown as { axe: { run: () => Promise<{ violations: Found[] }> } }
    const { violations } = await axe.run()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  })
}

async function expectNoHorizontalScroll(page: Page, what: string): Promise<void> {
  const { content, width } = await page.evaluate(() => {
    type Measured = { documentElement: { scrollWidth: number; clientWidth: number } }
    const { documentElement } = (globalThis as unknown as { document: Measured }).document
    return { content: documentElement.scrollWidth, width: documentElement.clientWidth }
  })
  expect(content, `${what} scrolls sideways`).to.be.at.most(width)
}

/** Looks at a page in one theme: wide and narrow screenshots, accessibility, and no scrolling sideways at 360 px. */
export async function inspect(page: Page, { name, theme, dir }: { name: string; theme: Theme; dir: string }) {
  const what = `${name} in ${theme}`
  await page.setViewportSize({ width: 1200, height: 900 })
  expect(await seriousFindings(page), what).to.deep.equal([])
  await page.screenshot({ path: join(dir, `${name}-${theme}.png`), fullPage: true })
  await page.setViewportSize({ width: 360, height: 740 })
  await expectNoHorizontalScroll(page, what)
  await page.screenshot({ path: join(dir, `${name}-${theme}-narrow.png`), fullPage: true })
}

export async function useTheme(page: Page, theme: Theme): Promise<void> {
  await page.setViewportSize({ width: 1200, height: 900 })
  const button = page.getByRole('button', { name: `Use the ${theme} theme` })
  if (await button.isVisible()) await button.click()
}
