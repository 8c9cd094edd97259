/** What a key press says about sending. */
export interface KeyFacts {
  readonly isEnter: boolean
  /** Whether it is an Enter that sends, with what is held down. */
  readonly isSend: boolean
  /** Whether an input method has it: `isComposing`, or the key code 229. */
  readonly isProcessed: boolean
}

/** Follows the keys and the compositions of one input, in the order of their events. */
export interface SendKey {
  /** Says who sends from now on. The cause is the key press. */
  readonly onSend: (send: (cause: Event | null) => void) => void
  /** Whether the key is ours, so that the input must not have it. */
  readonly keyDown: (key: KeyFacts, cause: Event | null) => boolean
  readonly keyUp: () => void
  /** The focus went elsewhere, and the key up with it. */
  readonly blur: () => void
  readonly compositionStart: () => void
  readonly compositionUpdate: (data: string) => void
  readonly compositionEnd: (data: string) => void
  /** Whether a line break that is about to be written comes of an Enter that has done its work. */
  readonly isSpentBreak: () => boolean
  /** Forgets a send that has yet to come. */
  readonly dispose: () => void
}

/**
 * Tells the Enter that sends from the Enter that ends a composition. In Japanese and Chinese the two are never one. A
 * Korean has no candidates to accept: one Enter commits the last syllable and sends. Then the send waits until the
 * browser has written the syllable, and whatever else the browser makes of the same Enter, a second key press or a line
 * break, is swallowed until the key is up.
 */
export function createSendKey(inNextTask: (work: () => void) => () => void): SendKey {
  let listener: (cause: Event | null) => void = () => undefined
  let pressed: Event | null = null
  let isComposing = false
  let hasJustEnded = false
  let data = ''
  let enter: 'idle' | 'committing' | 'sending' | 'spent' = 'idle'
  let cancel = (): void => undefined

  function sendNow(): void {
    cancel()
    enter = 'spent'
    send()
  }

  function send(): void {
    listener(pressed)
  }

  function keyDown({ isEnter, isSend, isProcessed }: KeyFacts, cause: Event | null): boolean {
    if (enter === 'sending') sendNow() // whatever is pressed next comes after the send
    if (enter === 'spent' && isEnter && !isComposing) return true
    // Safari ends the composition first and tells the key that ended it after.
    const hasEndedIt = isProcessed && hasJustEnded && !isComposing
    hasJustEnded = false
    enter = 'idle'
    pressed = cause
    if (!isEnter) return false
    if (hasEndedIt) {
      enter = 'spent'
      if (!isSend || !isHangul(data)) return false
      send()
      return true
    }
    if (isProcessed || isComposing) {
      if (isSend) enter = 'committing'
      return false
    }
    if (isSend) send()
    return isSend
  }

  return {
    onSend(next) {
      listener = next
    },
    keyDown,
    keyUp() {
      if (enter === 'sending') sendNow()
      if (enter === 'spent') enter = 'idle'
      hasJustEnded = false
    },
    blur() {
      if (enter === 'sending') sendNow()
      enter = 'idle'
      hasJustEnded = false
    },
    compositionStart() {
      // A person who writes on without a key press in between has not finished: nothing is sent, nothing is lost.
      cancel()
      enter = 'idle'
      isComposing = true
      hasJustEnded = false
      data = ''
    },
    compositionUpdate(next) {
      isComposing = true
      data = next
    },
    compositionEnd(last) {
      isComposing = false
      data = last
      hasJustEnded = enter !== 'committing'
      if (enter !== 'committing') return
      enter = 'spent'
      if (!isHangul(last)) return
      enter = 'sending'
      cancel = inNextTask(sendNow)
    },
    isSpentBreak: () => enter === 'sending' || enter === 'spent',
    dispose() {
      cancel()
    },
  }
}

function isHangul(text: string): boolean {
  return /^\p{Script=Hangul}+$/u.test(text)
}
