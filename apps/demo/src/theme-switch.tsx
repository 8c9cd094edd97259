import { useEffect, useState, type ReactNode } from 'react'
import { ThemeIcon } from './icons.tsx'

/** Light or dark: the system's choice until the person makes one, which this tab keeps. */
export function ThemeSwitch(): ReactNode {
  const [theme, setTheme] = useState(readTheme)
  useEffect(() => {
    if (theme === null) return
    document.documentElement.dataset['theme'] = theme
    sessionStorage.setItem('demo-theme', theme)
  }, [theme])

  const isDark =
    theme === null ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark'
  return (
    <button
      type="button"
      className="quiet-button"
      aria-label={isDark ? 'Use the light theme' : 'Use the dark theme'}
      onClick={() => setTheme(isDark ? 'light' : 'dark')}
    >
      <ThemeIcon />
    </button>
  )
}

function readTheme(): 'light' | 'dark' | null {
  const stored = sessionStorage.getItem('demo-theme')
  return stored === 'light' || stored === 'dark' ? stored : null
}
