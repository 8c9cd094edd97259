/** Keeps the newest question at the top of a log, with room below it for the answer. */
export interface TurnStart {
  /** A turn has been sent, and its question will come onto the page. */
  expect(): void
  readonly isExpecting: () => boolean
  /** Whether the question that was waited for has come. */
  arrive(): boolean
  /** Makes the room below as tall as the question needs to stand at the top, and no taller. */
  fit(): void
  /** Where to scroll for the question to stand at the top; null while there is none. */
  goal(): number | null
  /** Forgets the question and takes the room away. */
  clear(): void
}

/**
 * A question goes to the top, or, if it is taller than half the view, so far that its last half view shows;
 * `scroll-margin-top` keeps it off the edge. Costs the same however long the log is, but for the one look for a new question.
 */
export function turnStart(log: HTMLElement, space: HTMLElement): TurnStart {
  let question: HTMLElement | null = null
  let isExpected = false
  let room = 0

  function setRoom(next: number): void {
    if (next === room) return
    room = next
    // As a minimum: a column of flexible boxes would squeeze a mere height.
    space.style.minHeight = next === 0 ? '' : `${next}px`
  }

  function goal(): number | null {
    if (question === null || !log.contains(question)) return null
    const top = offsetIn(log, question)
    const margin = Number.parseFloat(getComputedStyle(question).scrollMarginTop) || 0
    const end = top + question.offsetHeight
    return Math.max(0, Math.floor(Math.max(top - margin, end - log.clientHeight / 2)))
  }

  return {
    expect() {
      isExpected = true
    },
    isExpecting: () => isExpected,
    arrive() {
      if (!isExpected) return false
      const newest = newestQuestion(log)
      if (newest === null || newest === question) return false
      isExpected = false
      question = newest
      return true
    },
    fit() {
      const top = goal()
      if (top === null) return setRoom(0)
      // What fits the view says nothing of its own height: let it be too tall first.
      if (log.scrollHeight <= log.clientHeight) setRoom(log.clientHeight)
      setRoom(Math.max(0, room + top + log.clientHeight - log.scrollHeight))
    },
    goal,
    clear() {
      question = null
      isExpected = false
      setRoom(0)
    },
  }
}

function newestQuestion(log: HTMLElement): HTMLElement | null {
  const questions = log.querySelectorAll<HTMLElement>(
    '[data-part="message-root"][data-role="user"]',
  )
  return questions[questions.length - 1] ?? null
}

/** How far an element is from the beginning of what the log scrolls, whatever an animation makes of it just now. */
function offsetIn(log: HTMLElement, element: HTMLElement): number {
  let offset = element.offsetTop
  for (let parent = element.offsetParent; parent !== log; parent = parent.offsetParent) {
    if (!(parent instanceof HTMLElement) || !log.contains(parent)) {
      return offset - log.offsetTop - log.clientTop // the log itself is not positioned: both count from the same
    }
    offset += parent.offsetTop + parent.clientTop
  }
  return offset
}
