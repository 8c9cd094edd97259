/** After a final with nothing open, so much silence makes an answer look whole, in milliseconds. */
const quietAfterFinal = 1000

export interface QuietWatch {
  /** Whether the answer looks whole and nothing has come since. */
  readonly isQuiet: boolean
  /** Counts the silence from now on. */
  begin(): void
  /** Counts no silence for now. */
  hold(): void
  /** Something has come after all. */
  speak(): void
}

/** Watches for the silence behind an answer that looks whole: `onQuiet` hears of it (true), and of what comes after it (false). */
export function watchQuiet(
  beforeQuiet: () => boolean,
  onQuiet: (isQuiet: boolean) => void,
): QuietWatch {
  let isQuiet = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function quieten(): void {
    timer = undefined
    if (!beforeQuiet()) return
    isQuiet = true
    onQuiet(true)
  }

  /** Asked for with every read of the network, where nearly always nothing is counted. */
  function hold(): void {
    if (timer === undefined) return
    clearTimeout(timer)
    timer = undefined
  }

  return {
    get isQuiet() {
      return isQuiet
    },
    begin() {
      hold()
      timer = setTimeout(quieten, quietAfterFinal)
    },
    hold,
    speak() {
      isQuiet = false
      onQuiet(false)
    },
  }
}
