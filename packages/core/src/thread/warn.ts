declare const process: { readonly env: { readonly NODE_ENV?: string } }

const said = new Set<string>()

/**
 * Tells the developer a sentence in the console, once, and in development only. It holds no word of a conversation. The condition
 * stands in the `try` so that a bundler, which writes the mode in, leaves nothing of this and of any sentence in production.
 */
export function warn(sentence: string): void {
  try {
    if (process.env.NODE_ENV === 'development' && !said.has(sentence)) {
      said.add(sentence)
      console.warn(`Fluokit: ${sentence}`)
    }
  } catch {
    // A page without a bundler has no `process`, and nothing is said there.
  }
}
