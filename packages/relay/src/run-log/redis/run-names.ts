/** The keys and channels of runs. All keys of one run are in one hash slot of a Redis Cluster. */
export interface RunNames {
  /** A hash: who owns the run, what was asked, how far it is, how it ended. */
  run(key: string): string
  /** A text, for a short while: somebody has asked for a stop of a run that nobody had begun. */
  stop(key: string): string
  /** A stream: the frames, then the end. Its channel has the same name. `token` names one life of the run's key. */
  frames(key: string, token: string): string
  /** A hash: how many readers each log has that follows the run without owning it, and until when that is true. */
  readers(key: string, token: string): string
  /** A channel: news for the owner of runs, each a run's key. */
  owner(logId: string): string
}

/** The names behind a prefix, which keeps several applications on one Redis apart. */
export function runNames(prefix: string): RunNames {
  return {
    run: (key) => `${prefix}{${key}}:run`,
    stop: (key) => `${prefix}{${key}}:stop`,
    frames: (key, token) => `${prefix}{${key}}:frames:${token}`,
    readers: (key, token) => `${prefix}{${key}}:readers:${token}`,
    owner: (logId) => `${prefix}owner:${logId}`,
  }
}
