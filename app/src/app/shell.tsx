import type { ReactNode } from 'react'
import { Link, useRoute } from 'wouter'
import { Connect } from '../components/connect.tsx'
import { useTheme } from '../lib/theme.ts'

const PAGES = [
  ['/', 'Datanets'],
  ['/contribute', 'Contribute'],
  ['/validate', 'Validate'],
  ['/leaderboard', 'Leaderboard'],
  ['/rewards', 'Rewards'],
] as const

function PageLink({ href, children }: { href: string; children: ReactNode }) {
  const [isBelow] = useRoute(`${href === '/' ? '/datanets' : href}/*?`)
  const [isExact] = useRoute(href)
  const isHere = isBelow || isExact
  return (
    <Link
      href={href}
      aria-current={isHere ? 'page' : undefined}
      className="rounded-lg px-3 py-2 text-sm font-medium whitespace-nowrap text-soft hover:bg-sunken hover:no-underline hover:text-ink aria-[current]:bg-sunken aria-[current]:text-ink"
    >
      {children}
    </Link>
  )
}

export function Shell({ children }: { children: ReactNode }) {
  const [theme, toggle] = useTheme()
  return (
    <div className="min-h-dvh">
      <a href="#main" className="sr-only focus:not-sr-only">
        Skip to content
      </a>
      <header className="border-b border-line bg-card">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3">
          <Link href="/" className="flex items-center gap-2 text-lg font-semibold text-ink hover:no-underline">
            <img src="/icon.svg" alt="" className="size-7" />
            Datanets
          </Link>
          <div className="ml-auto flex items-center gap-2 md:order-last">
            <button
              type="button"
              onClick={toggle}
              aria-label={`Use the ${theme === 'light' ? 'dark' : 'light'} theme`}
              className="grid size-10 place-items-center rounded-lg border border-line"
            >
              <span aria-hidden="true">{theme === 'light' ? '☾' : '☀'}</span>
            </button>
            <Connect />
          </div>
          <nav aria-label="Main" className="-mx-3 flex w-full overflow-x-auto md:w-auto">
            {PAGES.map(([href, label]) => (
              <PageLink key={href} href={href}>
                {label}
              </PageLink>
            ))}
          </nav>
        </div>
      </header>
      <main id="main" className="mx-auto max-w-6xl space-y-6 px-4 py-6">
        {children}
      </main>
    </div>
  )
}
