declare const process: { readonly env: { readonly NODE_ENV?: string } }

const said = new Set<string>()

/** Tells the developer a sentence in the console, once, and in development only. It holds no word of a conversation. */
export function warn(sentence: string): void {
  if (!isDevelopment() || said.has(sentence)) return
  said.add(sentence)
  console.warn(`Fluokit: ${sentence}`)
}

/** Bundlers write the value in here; in a page without one there is no `process`, and nothing is said. */
function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV === 'development'
  } catch {
    return false
  }
}
