import type { ComponentProps } from 'react'

type Look = 'primary' | 'plain'

const LOOKS: Record<Look, string> = {
  primary: 'bg-accent-fill text-white hover:brightness-110',
  plain: 'border border-line bg-card text-ink hover:bg-sunken',
}

export function Button({ look = 'plain', className = '', ...props }: ComponentProps<'button'> & { look?: Look }) {
  return (
    <button
      type="button"
      className={`inline-flex min-h-10 items-center justify-center gap-2 rounded-lg px-4 text-sm font-medium disabled:opacity-50 ${LOOKS[look]} ${className}`}
      {...props}
    />
  )
}
