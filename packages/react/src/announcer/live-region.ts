/** An emptied region is left alone for this long before it is written, so that the same text twice is heard twice. */
const beforeText = 100
/** Between two texts: some screen readers drop the first of two that come together. */
const apart = 500
/** Between two pieces of a text that grows: what comes meanwhile is said with the next. */
const piecesApart = 2000
/** How long the last text stays: nobody should come upon it later. */
const lifetime = 10_000

/** An element that a screen reader reads whenever its text changes, and the texts that wait for it. */
export interface LiveRegion {
  /** The `ref` of the element. */
  readonly attach: (element: HTMLElement | null) => void
  /** Writes a text once all that wait before it have been written. Without an element nothing waits. */
  say(text: string): void
  /** Writes a piece of a text that grows, joined with the pieces that still wait. */
  sayMore(text: string): void
  /** Empties the element and forgets what waits. */
  clear(): void
}

interface WaitingText {
  text: string
  /** How long after the text before, in milliseconds. */
  readonly gap: number
}

/** A region without an element yet, with nothing to say. */
export function createLiveRegion(): LiveRegion {
  let element: HTMLElement | null = null
  const waiting: WaitingText[] = []
  let isWriting = false
  let writtenAt = -Infinity
  let timer: ReturnType<typeof setTimeout> | undefined

  function later(delay: number, next: () => void): void {
    clearTimeout(timer)
    timer = setTimeout(next, delay)
  }

  function write(text: string): void {
    if (element !== null && element.textContent !== text) element.textContent = text
  }

  function writeNext(): void {
    const next = waiting[0]
    isWriting = next !== undefined
    if (next === undefined) return later(lifetime, () => write(''))
    const due = writtenAt + next.gap - beforeText
    later(Math.max(0, due - performance.now()), () => {
      write('')
      later(beforeText, () => {
        waiting.shift()
        write(next.text)
        writtenAt = performance.now()
        writeNext()
      })
    })
  }

  function add(text: string, gap: number): void {
    if (element === null) return
    waiting.push({ text, gap })
    if (!isWriting) writeNext()
  }

  return {
    attach(attached) {
      element = attached
    },
    say: (text) => add(text, apart),
    sayMore(text) {
      const last = waiting.at(-1)
      if (last?.gap === piecesApart) last.text += ` ${text}`
      else add(text, piecesApart)
    },
    clear() {
      clearTimeout(timer)
      waiting.length = 0
      isWriting = false
      write('')
    },
  }
}
