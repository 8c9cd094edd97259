import type { StoredMessage } from '../text/make-history.ts'

/** What a frame showed: its own time, when the text was read (both as performance.now()), the units shown, React's commits so far. */
export type FrameRecord = readonly [time: number, readAt: number, shown: number, commits: number]

/** An element of a tree that plain DOM code makes again. */
export type TreeNode =
  | string
  | {
      readonly tag: string
      readonly attributes: readonly (readonly [string, string])[]
      readonly children: readonly TreeNode[]
    }

/** What a page and the harness share, as `window.bench`. */
export interface Bench {
  /** Set by the harness before anything is opened. */
  history: readonly StoredMessage[]
  variant: string
  token: string
  tree: readonly TreeNode[]
  /** Set by the page: shows the thread with its history. */
  open: () => void
  /** Set by the page: asks a question. */
  send: (query: string) => void
  /** Called by the page each time a message's row renders. */
  rendered(id: string): void
  /**
   * Opens the thread and signals `done` with the frame that shows `rows` rows; where a list shows some of them only, with the
   * first of three frames in which they are the same.
   */
  beginOpening(rows: number, isPartial?: boolean): void
  /** Asks, follows the answer frame by frame, and signals `10`, `90` and `done` (percent shown). */
  beginRun(expected: string): void
  texts(): readonly string[]
  result(): ProbeResult
}

/** What the probe saw of one measurement. Times are performance.now() of the page. */
export interface ProbeResult {
  readonly timeOrigin: number
  readonly begunAt: number
  readonly frames: readonly FrameRecord[]
  /** Long tasks: over 50 ms. */
  readonly longTasks: readonly number[]
  readonly commits: number
  readonly rowRenders: number
  readonly settledRenders: number
}

/**
 * Puts `window.bench` into a page before its own scripts run. Sent to the browser as source: it may use nothing outside.
 * It looks at the end of the last row only, at the same small cost for every peer.
 */
export function installProbe(): void {
  const tailLength = 48
  const frames: [number, number, number, number][] = []
  const longTasks: { start: number; duration: number }[] = []
  const known = new Set<string>()
  const rows = document.getElementsByClassName('row')
  let isMeasuring = false
  let begunAt = 0
  let commits = 0
  let rowRenders = 0
  let settledRenders = 0
  let expected = ''
  let expectedRows = 0
  let isPartial = false
  let sameFor = 0
  let shown = 0
  let marked = 0

  Object.assign(window, {
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      isDisabled: false,
      renderers: new Map(),
      inject: () => 1,
      checkDCE: () => undefined,
      onCommitFiberRoot: () => (commits += 1),
      onCommitFiberUnmount: () => undefined,
      onPostCommitFiberRoot: () => undefined,
    },
  })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      longTasks.push({ start: entry.startTime, duration: entry.duration })
    }
  }).observe({ type: 'longtask' })

  const signal = (name: string): void => {
    ;(window as unknown as { benchSignal(name: string): void }).benchSignal(name)
  }

  /** The last units of an element's text, without reading the rest. */
  function tailOf(element: Element): string {
    let tail = ''
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    walker.currentNode = deepestLast(element)
    let node: Node | null = walker.currentNode
    if (!(node instanceof Text)) node = walker.previousNode()
    for (; node instanceof Text && tail.length < tailLength; node = walker.previousNode()) {
      const wanted = tailLength - tail.length
      const from = Math.max(0, node.length - wanted)
      tail = node.substringData(from, wanted) + tail
    }
    return tail
  }

  function deepestLast(element: Element): Node {
    let node: Node = element
    while (node.lastChild !== null) node = node.lastChild
    return node
  }

  function lookAtAnswer(): void {
    const row = rows.length >= expectedRows ? rows[rows.length - 1] : undefined
    if (row === undefined) return
    const tail = tailOf(row)
    if (tail === '') return
    const from = tail.length < tailLength ? 0 : Math.max(0, shown - tailLength)
    const at = expected.indexOf(tail, from)
    if (at >= 0 && (tail.length === tailLength || at === 0)) shown = at + tail.length
  }

  function afterFrame(time: number): void {
    const readAt = performance.now()
    const before = shown
    if (expected !== '') lookAtAnswer()
    else shown = rows.length
    sameFor = shown > 0 && shown === before ? sameFor + 1 : 0
    frames.push([time, readAt, shown, commits])
    const whole = expected === '' ? expectedRows : expected.length
    const percent = (shown * 100) / whole
    const scroller = document.scrollingElement
    if (scroller !== null) scroller.scrollTop = 1e9
    if (marked < 10 && percent >= 10) signal(String((marked = 10)))
    if (marked < 90 && percent >= 90) signal(String((marked = 90)))
    if (isPartial ? sameFor === 2 : shown >= whole) {
      isMeasuring = false
      signal('done')
    }
  }

  function frame(time: number): void {
    if (!isMeasuring) return
    requestAnimationFrame(frame)
    // After the frame is painted, and before what the network brings next.
    void scheduler.postTask(() => isMeasuring && afterFrame(time), { priority: 'user-blocking' })
  }

  function begin(): void {
    isMeasuring = true
    commits = 0
    rowRenders = 0
    settledRenders = 0
    requestAnimationFrame(frame)
    begunAt = performance.now()
  }

  const bench: Bench = {
    history: [],
    variant: '',
    token: '',
    tree: [],
    open: () => undefined,
    send: () => undefined,
    rendered(id) {
      rowRenders += 1
      if (!isMeasuring) known.add(id)
      else if (known.has(id)) settledRenders += 1
    },
    beginOpening(count, some = false) {
      expectedRows = count
      isPartial = some
      begin()
      bench.open()
    },
    beginRun(text) {
      expected = text
      expectedRows = rows.length + 2
      begin()
      bench.send(bench.token)
    },
    texts: () => Array.from(rows, (row) => row.textContent),
    result: () => ({
      timeOrigin: performance.timeOrigin,
      begunAt,
      frames,
      longTasks: longTasks.filter(({ start }) => start >= begunAt - 1).map((task) => task.duration),
      commits,
      rowRenders,
      settledRenders,
    }),
  }
  Object.assign(window, { bench })
}
