import type { ReactNode } from 'react'

/** A table that scrolls within itself where the screen is narrow; reachable by keyboard. */
export function Table({ label, heads, children }: { label: string; heads: readonly string[]; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse
    <section aria-label={label} tabIndex={0} className="relative -mx-4 overflow-x-auto px-4 sm:-mx-5 sm:px-5">
      <table className="w-full text-left text-sm">
        <thead>
          <tr className="border-b border-line text-xs text-soft">
            {heads.map((head) => (
              <th key={head} scope="col" className="py-2 pr-4 font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">{children}</tbody>
      </table>
    </section>
  )
}

export function Cell({ children }: { children: ReactNode }) {
  return <td className="whitespace-nowrap py-2.5 pr-4 align-top tabular-nums">{children}</td>
}
