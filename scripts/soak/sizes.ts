/** How much the soak does in full. */
export const full = {
  streams: 200_000,
  byteRuns: 20_000,
  /** The least that the transport cases come to. */
  transportCases: 9_600,
  randomOrders: 100_000,
  consistentRuns: 100_000,
  mounts: 1_000,
  /** Streams that a relay carries at once. */
  load: { streams: 2_000, seconds: 600, runSeconds: 30 },
  /** Browsers that leave. */
  leaving: 1_000,
  handles: 100_000,
  /** Runs whose readers move between two relays. */
  movedRuns: 200,
} as const

/** What `test` does of what is counted. */
export const part: number = 1 / 20
