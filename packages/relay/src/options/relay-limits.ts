/**
 * What one request and one run may take, in positive whole numbers. Each has a default; `createRelay({ limits })` changes
 * some of them, and throws for a name or a number that is none of these.
 */
export interface RelayLimits {
  /** The largest request body, in bytes, counted before it is parsed. @default 1048576 */
  readonly bodyBytes: number
  /** How deep the `metadata` of a turn may be nested; no body may be deeper than that takes. @default 16 */
  readonly metadataDepth: number
  /** How many files and contexts one turn may name, all together. @default 64 */
  readonly inputItems: number
  /** How long Fluo may take to answer, and then to send its first byte, in milliseconds. @default 120000 */
  readonly firstByteMs: number
  /** How long Fluo may be silent in the middle of an answer, in milliseconds. @default 300000 */
  readonly idleMs: number
  /** The largest single event that is taken from Fluo, in bytes. @default 1048576 */
  readonly eventBytes: number
  /** The most that one run may send to the browser, in bytes. @default 33554432 */
  readonly runBytes: number
  /**
   * After how much silence the browser is sent a comment that keeps the connection open. Shorter than the 15 seconds after
   * which a thread calls itself slow. @default 10000
   */
  readonly keepAliveMs: number
  /** How long one run may take in all, in milliseconds. @default 1800000 (half an hour) */
  readonly totalMs: number
  /** How many runs one user may have open in this process. @default 16 */
  readonly runsPerUser: number
  /** How many runs may be open in this process, whoever's they are. @default 5000 */
  readonly openRuns: number
  /** How many streams one user may read in this process. @default 32 */
  readonly readersPerUser: number
  /** How far Fluo's answer may be ahead of its fastest reader in this process, in characters; then Fluo has to wait. @default 262144 */
  readonly unreadBytes: number
  /** How long a reader may take nothing of what is there before its stream is cut, in milliseconds. @default 60000 */
  readonly blockedMs: number
}

/** The limits of a relay that sets none. */
export const defaultLimits: RelayLimits = {
  bodyBytes: 1024 * 1024,
  metadataDepth: 16,
  inputItems: 64,
  firstByteMs: 120_000,
  idleMs: 300_000,
  eventBytes: 1024 * 1024,
  runBytes: 32 * 1024 * 1024,
  keepAliveMs: 10_000,
  totalMs: 1_800_000,
  runsPerUser: 16,
  openRuns: 5000,
  readersPerUser: 32,
  unreadBytes: 256 * 1024,
  blockedMs: 60_000,
}
