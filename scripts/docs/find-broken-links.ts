import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A link or picture of a page that points at no file. */
export interface BrokenLink {
  readonly line: number
  readonly target: string
}

/**
 * The relative links and pictures of a page in a folder that point at nothing, be it a file or a heading of a page. What
 * is in code is no link.
 */
export function findBrokenLinks(file: string, markdown: string): readonly BrokenLink[] {
  const prose = markdown
    .replaceAll(/^```.*?^```$/gms, (code) => code.replaceAll(/[^\n]/g, ' '))
    .replaceAll(/`[^`\n]*`/g, 'code')
  return [...prose.matchAll(/\]\(\s*<?([^\s)>]+)[^)]*\)|\b(?:src|href)="([^"]+)"/g)].flatMap(
    (match) => {
      const target = match[1] ?? match[2] ?? ''
      if (/^([a-z]+:|\/\/)/i.test(target)) return []
      const path = decodeURIComponent(target.replace(/[?#].*$/, ''))
      const found = path === '' ? file : join(dirname(file), path)
      const [, heading] = /#(.*)$/.exec(target) ?? []
      if (existsSync(found) && (heading === undefined || hasHeading(found, heading))) return []
      return [{ line: prose.slice(0, match.index).split('\n').length, target }]
    },
  )
}

/** Whether a page has a heading that GitHub calls so. What is no page has none to look for. */
function hasHeading(file: string, slug: string): boolean {
  if (!file.endsWith('.md')) return true
  return [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].some(
    ([, text = '']) =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-') === slug,
  )
}
