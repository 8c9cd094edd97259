import type { RunEnd } from '@fluokit/core/wire'

/** An event of a run as its log keeps it: the JSON on one line, and its place in the run, from 1. */
export interface RunFrame {
  readonly cursor: number
  readonly frame: string
}

/** What a reader gets at once: frames in order, and, in the last piece, how the run ended. */
export interface RunPiece {
  readonly frames: readonly RunFrame[]
  readonly end: RunEnd | null
}

/**
 * What {@link RunLog.acquire} says: `owner`, the run is the caller's to begin; `follower`, it exists; `conflict`, it
 * exists with another body; `full`, the log takes no more runs.
 */
export type RunClaim = 'owner' | 'follower' | 'conflict' | 'full'

/**
 * Who acquires a run. Called when it should renew at once: a reader came or went, somebody asked for a stop, or the run is
 * lost. The same function comes with each of its later calls, so that a run that was lost and begun anew under the same key
 * hears nothing of its first owner.
 */
export type RunOwner = () => void

/** What an owner learns about its run. */
export interface RunHold {
  /** `stopped`: somebody asked for it. `lost`: the run was ended or taken away by somebody else; nothing more may be written. */
  readonly state: 'kept' | 'stopped' | 'lost'
  /** How many read it now, wherever they do. */
  readonly readers: number
}

/**
 * Where runs live while they are open, and for a while after, so that whoever comes back, in whichever process, reads
 * on. `key` names a run of one user and agent and says nothing about either. A log has at most one owner a run, who
 * alone writes; what is written is never changed. Any method may reject, and then the run ends for who depends on it.
 */
export interface RunLog {
  /** How often an owner must call {@link RunLog.renew}, in milliseconds; null where a run cannot lose its owner. */
  readonly renewMs: number | null
  /** How long after its owner last renewed it, or began, a run is lost, in milliseconds; null where it cannot be. */
  readonly leaseMs: number | null
  /** Takes a run, atomically, if nobody has: `bodyHash` tells whether it is the same one. */
  acquire(key: string, bodyHash: string, owner: RunOwner): Promise<RunClaim>
  renew(key: string, owner: RunOwner): Promise<RunHold>
  /** Adds the next frames. False: the run is not the caller's any more, and nothing was written. */
  append(key: string, frames: readonly string[], owner: RunOwner): Promise<boolean>
  /** The run is over: last frames, and how. It is kept a while. */
  end(key: string, frames: readonly string[], end: RunEnd, owner: RunOwner): Promise<void>
  /** Nothing has run: who reads gets the frames and the end `failed`, and the key is free again. */
  release(key: string, frames: readonly string[], owner: RunOwner): Promise<void>
  /**
   * The frames behind `after` (0: from the first), those that are there and those that come, until the end; null where the run, or
   * that part of it, is not here. Reading ends without another word when the signal aborts.
   */
  read(key: string, after: number, signal: AbortSignal): Promise<AsyncIterable<RunPiece> | null>
  /** Asks the owner to stop. Remembered a while for a run that has not begun: a stop may overtake its start. */
  stop(key: string): Promise<void>
}
