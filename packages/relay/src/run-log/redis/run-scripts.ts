import type { RunEnd } from '@fluokit/core/wire'
import type { RunClaim, RunFrame, RunHold } from '../run-log.ts'
import { acquireLua } from './lua/acquire-lua.ts'
import { attendLua } from './lua/attend-lua.ts'
import { findLua } from './lua/find-lua.ts'
import { lookLua } from './lua/look-lua.ts'
import { renewLua } from './lua/renew-lua.ts'
import { stopLua } from './lua/stop-lua.ts'
import { writeLua } from './lua/write-lua.ts'
import type { RunNames } from './run-names.ts'
import type { ScriptCaller } from './script-caller.ts'

export interface RunScriptsOptions {
  readonly names: RunNames
  readonly keepMs: number
  readonly leaseMs: number
  readonly maxRunBytes: number
}

/** One life of a run's key: a key that was freed begins another one. */
export interface RunLife {
  readonly key: string
  readonly token: string
}

/** What is to be written behind a run's frames. */
export interface RunWriting {
  /** The number of the first frame; 0: whatever comes next. */
  readonly first: number
  readonly frames: readonly string[]
  /** Null: the run goes on. */
  readonly end: RunEnd | null
  /** Whether its key is free again. */
  readonly isFree: boolean
}

/** A part of a run as it was read, and how it ended where that was its last part. */
export interface RunSight {
  readonly frames: readonly RunFrame[]
  readonly end: RunEnd | null
  /** Whether there is more to read at once. */
  readonly hasMore: boolean
}

/** What is asked of Redis, each in one script: atomic, and harmless when it is asked twice. */
export interface RunScripts {
  acquire(life: RunLife, bodyHash: string, ownerChannel: string): Promise<RunClaim>
  write(life: RunLife, writing: RunWriting): Promise<'written' | 'lost' | 'full'>
  renew(life: RunLife): Promise<RunHold>
  /** Null where the run, or that part of it, is not there. */
  look(life: RunLife, after: number): Promise<RunSight | null>
  attend(life: RunLife, who: string, readers: number, isNews: boolean): Promise<void>
  /** Of a run that nobody has begun, it is remembered as long as a start may be late. */
  stop(key: string): Promise<void>
  /** The run that a key stands for; null where there is none. */
  find(key: string): Promise<RunLife | 'stopped' | null>
}

/** Enough for one answer, and little enough to be forgotten. */
const sightBytes = 64 * 1024
/** How long readers of a run that never ran may take to hear of it, and how late a start may come behind its stop. */
const briefMs = 60_000

/** The scripts on one connection. */
export function createRunScripts(
  call: ScriptCaller,
  { names, keepMs, leaseMs, maxRunBytes }: RunScriptsOptions,
): RunScripts {
  const framesOf = ({ key, token }: RunLife): string => names.frames(key, token)
  const runOf = ({ key }: RunLife): string => names.run(key)
  const readersOf = ({ key, token }: RunLife): string => names.readers(key, token)

  return {
    async acquire(life, bodyHash, ownerChannel) {
      const args = [life.token, bodyHash, ownerChannel, leaseMs, keepMs]
      const keys = [runOf(life), names.stop(life.key)]
      return (await call(acquireLua, keys, args)) as RunClaim
    },
    async write(life, { first, frames, end, isFree }) {
      const keys = [runOf(life), framesOf(life)]
      const keep = isFree ? Math.min(briefMs, keepMs) : keepMs
      const how = [end ?? '', isFree ? '1' : '']
      const args = [framesOf(life), life.token, first, leaseMs, keep, maxRunBytes, ...how]
      return (await call(writeLua, keys, [...args, ...frames])) as 'written' | 'lost' | 'full'
    },
    async renew(life) {
      const keys = [runOf(life), framesOf(life), readersOf(life)]
      const answer = await call(renewLua, keys, [life.token, leaseMs, keepMs])
      const [state, readers] = answer as [RunHold['state'], number]
      return { state, readers }
    },
    async look(life, after) {
      const keys = [runOf(life), framesOf(life)]
      const answer = await call(lookLua, keys, [
        framesOf(life),
        life.token,
        after,
        sightBytes,
        keepMs,
      ])
      if (answer === 'gone') return null
      const [ending, head, texts] = answer as [RunEnd | '', number, readonly string[]]
      const frames = texts.map((frame, index) => ({ cursor: after + 1 + index, frame }))
      const hasMore = after + texts.length < head
      return { frames, end: hasMore || ending === '' ? null : ending, hasMore }
    },
    async attend(life, who, readers, isNews) {
      const args = [life.token, who, readers, leaseMs, isNews ? '1' : '', life.key]
      await call(attendLua, [runOf(life), readersOf(life)], args)
    },
    async stop(key) {
      await call(stopLua, [names.run(key), names.stop(key)], [key, Math.min(briefMs, keepMs)])
    },
    async find(key) {
      const keys = [names.run(key), names.stop(key)]
      const [token, isStopped] = (await call(findLua, keys, [])) as readonly (string | null)[]
      if (typeof token === 'string') return { key, token }
      return typeof isStopped === 'string' ? 'stopped' : null
    },
  }
}
