import { useEffect, useState } from 'react'

export type Theme = 'light' | 'dark'

const KEY = 'datanets.theme'

function preferred(): Theme {
  const stored = localStorage.getItem(KEY)
  if (stored === 'light' || stored === 'dark') return stored
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

export function useTheme(): [Theme, () => void] {
  const [theme, setTheme] = useState(preferred)
  useEffect(() => {
    document.documentElement.dataset.theme = theme
    localStorage.setItem(KEY, theme)
  }, [theme])
  return [theme, () => setTheme((now) => (now === 'light' ? 'dark' : 'light'))]
}
