import type { RunLog, RunOwner } from '../run-log.ts'
import { createFollowing } from './following.ts'
import { createOwnedKey, type OwnedKey } from './owned-key.ts'
import { lastPiece } from './last-piece.ts'
import { RedisFault } from './redis-fault.ts'
import type { RedisRunLogClient } from './redis-run-log-client.ts'
import { runNames } from './run-names.ts'
import { createRunScripts } from './run-scripts.ts'
import { createScriptCaller } from './script-caller.ts'
import { createWakeUps } from './wake-ups.ts'

/** What {@link createRedisRunLog} needs. */
export interface RedisRunLogOptions {
  /**
   * The application's own client of `redis` or `@redis/client`, connected, with a listener for its `error` events. It stays
   * the application's: the log runs scripts on it, and makes one `duplicate()` for messages.
   */
  readonly client: RedisRunLogClient
  /** What the names of all keys and channels begin with. Relays that share runs share it. @default 'fluokit:' */
  readonly prefix?: string
  /** How long a run, and its ID with it, is kept once it is over, in milliseconds. @default 600000 (ten minutes) */
  readonly keepMs?: number
  /**
   * After how long without a sign of life the relay that owns a run is taken for dead, in milliseconds; others notice within
   * a third of it more. Each open run shows itself three times in that time. @default 6000
   */
  readonly leaseMs?: number
  /** How many bytes the frames of one run may take. Larger than the relay's `limits.runBytes`. @default 67108864 (64 MiB) */
  readonly maxRunBytes?: number
}

/** A run log that many relays share. */
export interface RedisRunLog extends RunLog {
  /**
   * Lets go of everything, as the end of the process would: owners here have lost their runs, readers here get an error, and
   * runs that were open end `interrupted` for all others when their lease is over. The application's client stays open.
   */
  close(): void
}

/**
 * A run log on Redis: whichever relay a reader comes to, it finds its run. Runs whose relay has died end `interrupted` (`unknown`
 * where nothing had come) for all readers, within 10 s as the options stand. Redis holds what the runs say, as text, until
 * `keepMs` after their end. Throws a `RangeError` for times that cannot work. Its methods reject, with an error that holds
 * nothing of what was sent, when Redis does not answer within half a lease.
 */
export function createRedisRunLog({
  client,
  prefix = 'fluokit:',
  keepMs = 10 * 60 * 1000,
  leaseMs = 6000,
  maxRunBytes = 64 * 1024 * 1024,
}: RedisRunLogOptions): RedisRunLog {
  if (!(leaseMs >= 100 && keepMs >= 10 * leaseMs)) {
    throw new RangeError('keepMs of a Redis run log must be ten times its leaseMs or more.')
  }
  const renewMs = Math.round(leaseMs / 3)
  const names = runNames(prefix)
  const call = createScriptCaller(client, leaseMs / 2)
  const scripts = createRunScripts(call, { names, keepMs, leaseMs, maxRunBytes })
  const wakeUps = createWakeUps(client)
  const owned = new Map<string, OwnedKey>()
  const ownerChannel = names.owner(crypto.randomUUID())
  let listening: Promise<unknown> | null = null
  let isClosed = false

  const isAlive = (run: OwnedKey | undefined): run is OwnedKey =>
    run !== undefined && performance.now() - run.renewedAt < leaseMs

  function ownedBy(owner: RunOwner, key: string): OwnedKey | undefined {
    const run = owned.get(key)
    return run?.onNews === owner ? run : undefined
  }

  const following = createFollowing({
    scripts,
    wakeUps,
    pollMs: renewMs,
    channelOf: ({ key, token }) => names.frames(key, token),
    ownerOf(life) {
      const run = owned.get(life.key)
      return isAlive(run) && run.life.token === life.token ? run : null
    },
  })

  /** So that the first stop is not missed; for later ones it is a promise that was kept. */
  async function listen(): Promise<void> {
    listening ??= wakeUps.listen(ownerChannel, (key) => owned.get(String(key))?.onNews())
    let timer: ReturnType<typeof setTimeout> | undefined
    await Promise.race([
      listening,
      new Promise((resolve) => (timer = setTimeout(resolve, renewMs / 2))),
    ])
    clearTimeout(timer)
  }

  /** Redis has forgotten the run that had this key before, and its owner, here, has not heard of it. */
  function lose(run: OwnedKey): void {
    run.onNews()
    following.check(run.life)
  }

  async function close(
    owner: RunOwner,
    key: string,
    write: (run: OwnedKey) => Promise<void>,
  ): Promise<void> {
    const run = ownedBy(owner, key)
    if (run === undefined) return
    owned.delete(key)
    try {
      await write(run)
      following.check(run.life)
    } catch (thrown) {
      following.fail(run.life, thrown)
      throw thrown
    }
  }

  function assertOpen(): void {
    if (isClosed) throw new Error('The run log is closed.')
  }

  return {
    renewMs,
    leaseMs,
    async acquire(key, bodyHash, owner) {
      assertOpen()
      await listen()
      const life = { key, token: crypto.randomUUID() }
      try {
        const claim = await scripts.acquire(life, bodyHash, ownerChannel)
        if (claim === 'owner') {
          const onWritten: Parameters<typeof createOwnedKey>[0]['onWritten'] = (after, piece) =>
            following.feed(life, after, piece)
          const before = owned.get(key)
          owned.set(key, createOwnedKey({ life, scripts, onNews: owner, onWritten }))
          if (before !== undefined) lose(before)
        }
        return claim
      } catch (thrown) {
        if (thrown instanceof RedisFault && thrown.code === 'OOM') return 'full'
        // It may have been done all the same, and nobody would ever know how it ended.
        const nothing = { first: 0, frames: [], end: 'failed', isFree: true } as const
        scripts.write(life, nothing).catch(() => undefined)
        throw thrown
      }
    },
    async renew(key, owner) {
      const run = isClosed ? undefined : ownedBy(owner, key)
      if (run === undefined) return { state: 'lost', readers: 0 }
      try {
        const { state, readers } = await scripts.renew(run.life)
        if (state === 'lost') {
          if (owned.get(key) === run) owned.delete(key)
          following.check(run.life)
          return { state, readers: 0 }
        }
        run.renewedAt = performance.now()
        return {
          state: run.isStopAsked ? 'stopped' : state,
          readers: readers + following.readersOf(run.life),
        }
      } catch (thrown) {
        if (run.isStopAsked) return { state: 'stopped', readers: following.readersOf(run.life) }
        throw thrown
      }
    },
    async append(key, frames, owner) {
      assertOpen()
      const run = ownedBy(owner, key)
      if (run === undefined) return false
      const isWritten = await run.append(frames)
      if (!isWritten) following.check(run.life)
      return isWritten
    },
    end: (key, frames, end, owner) => close(owner, key, (run) => run.end(frames, end, false)),
    release: (key, frames, owner) => close(owner, key, (run) => run.end(frames, 'failed', true)),
    async read(key, after, signal) {
      assertOpen()
      const found = owned.get(key)?.life ?? (await scripts.find(key))
      if (found === 'stopped') {
        return after === 0 ? lastPiece({ frames: [], end: 'stopped' }, signal) : null
      }
      return found === null ? null : following.read(found, after, signal)
    },
    async stop(key) {
      assertOpen()
      const run = owned.get(key)
      if (run === undefined) return scripts.stop(key)
      run.isStopAsked = true // also while Redis is away
      run.onNews()
    },
    close() {
      isClosed = true
      for (const run of owned.values()) run.onNews()
      owned.clear()
      following.close()
      wakeUps.close()
    },
  }
}
