/** One measurement. What a scenario does not have is null. */
export interface Sample {
  readonly scenario: string
  readonly peer: string
  readonly run: number
  /** The share of the machine's processors that others took just before, from 0 to 1. */
  readonly busy: number
  /** Why it does not count; null where the page showed every character that was sent. */
  readonly failure: string | null
  /** Main thread, milliseconds of its own time. */
  readonly task: number | null
  readonly script: number | null
  readonly layout: number | null
  /** Milliseconds from the question, or from opening, to the frame that shows the last character. */
  readonly wall: number | null
  /** The longest task over 50 ms; 0 where there was none. */
  readonly longestTask: number | null
  readonly frames: number | null
  /** Frames that came more than 25 ms after the one before. */
  readonly longFrames: number | null
  readonly worstGap: number | null
  readonly lagP50: number | null
  readonly lagP95: number | null
  readonly commits: number | null
  /** The most commits between two frames. */
  readonly commitsAFrame: number | null
  /** Frames before which React committed more than once. */
  readonly crowdedFrames: number | null
  readonly rowRenders: number | null
  readonly settledRenders: number | null
  /** Bytes of heap that are left after a collection, less those before. */
  readonly heap: number | null
  /** Microseconds of main thread a delta, over the first and the last tenth of the text. */
  readonly firstTenth: number | null
  readonly lastTenth: number | null
}

/** What a sample is one of, and how quiet it was then. */
export type Place = Pick<Sample, 'scenario' | 'peer' | 'run' | 'busy'>

/** A sample of nothing but why there is none. */
export function failedSample(place: Place, failure: string): Sample {
  return {
    ...place,
    failure,
    task: null,
    script: null,
    layout: null,
    wall: null,
    longestTask: null,
    frames: null,
    longFrames: null,
    worstGap: null,
    lagP50: null,
    lagP95: null,
    commits: null,
    commitsAFrame: null,
    crowdedFrames: null,
    rowRenders: null,
    settledRenders: null,
    heap: null,
    firstTenth: null,
    lastTenth: null,
  }
}
