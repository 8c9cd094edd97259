/**
 * A URL that opens a file to whoever has it. It stands in no property, so that whatever is made of a cache, as JSON or a
 * structured clone, does not carry it along.
 */
export class ViewUrl {
  readonly #url: string
  /** When it is good no longer, in milliseconds since the epoch, as far as it says so. */
  readonly expiresAt: number

  constructor(url: string, expiresAt: number) {
    this.#url = url
    this.expiresAt = expiresAt
  }

  /** The URL itself: for an element's `src` or `href`, and nothing else. */
  reveal(): string {
    return this.#url
  }
}
