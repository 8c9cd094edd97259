import MarkdownIt from 'markdown-it'

type Library = InstanceType<typeof MarkdownIt>

/** One token of the library. */
export type Token = ReturnType<Library['parse']>[number]

/** Where a reference such as `[text][label]` leads. */
export interface Reference {
  readonly href: string
  readonly title: string
}

/** What was read of a text: its tokens, the references that it defines, and the labels that it asked for in vain. */
export interface Parsed {
  readonly tokens: readonly Token[]
  readonly defined: ReadonlyMap<string, Reference>
  readonly missed: ReadonlySet<string>
}

/** Containers deeper than this are not read: what holds them is shown as the text that it is. */
export const maxNesting = 48

let library: Library | null = null

/**
 * Reads a text, with the references that are defined elsewhere. Raw HTML stays text, and every address is kept as it
 * was written: `safeUrl` decides which of them become links.
 */
export function parse(text: string, known: ReadonlyMap<string, Reference>): Parsed {
  library ??= newLibrary()
  const defined = new Map<string, Reference>()
  const missed = new Set<string>()
  // An earlier definition wins, and what was asked for in vain is remembered for when it comes.
  const references = new Proxy<Record<string, Reference>>(Object.create(null), {
    get(_, label) {
      if (typeof label !== 'string') return undefined
      const found = known.get(label) ?? defined.get(label)
      if (found === undefined) missed.add(label)
      return found
    },
    set(_, label, reference: Reference) {
      if (typeof label === 'string') defined.set(label, reference)
      return true
    },
  })
  return { tokens: library.parse(text, { references }), defined, missed }
}

/** The first word behind a fence, as the language that it names. */
export function languageOf(info: string): string | null {
  library ??= newLibrary()
  const [language = ''] = library.utils.unescapeAll(info).trim().split(/\s+/)
  return language === '' ? null : language
}

function newLibrary(): Library {
  const made = new MarkdownIt({ html: false, linkify: true, maxNesting })
  made.validateLink = () => true
  made.normalizeLink = (address) => address
  made.normalizeLinkText = (address) => address
  made.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
  return made
}
