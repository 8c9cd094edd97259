import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A link or picture of a page that points at no file. */
export interface BrokenLink {
  readonly line: number
  readonly target: string
}

/** The relative links and pictures of a page in a folder that point at nothing. What is in code is no link. */
export function findBrokenLinks(file: string, markdown: string): readonly BrokenLink[] {
  const prose = markdown
    .replaceAll(/^```.*?^```$/gms, (code) => code.replaceAll(/[^\n]/g, ' '))
    .replaceAll(/`[^`\n]*`/g, 'code')
  return [...prose.matchAll(/\]\(\s*<?([^\s)>]+)[^)]*\)|\b(?:src|href)="([^"]+)"/g)].flatMap(
    (match) => {
      const target = match[1] ?? match[2] ?? ''
      if (/^([a-z]+:|#|\/\/)/i.test(target)) return []
      const path = decodeURIComponent(target.replace(/[?#].*$/, ''))
      if (existsSync(join(dirname(file), path))) return []
      return [{ line: prose.slice(0, match.index).split('\n').length, target }]
    },
  )
}
