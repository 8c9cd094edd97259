import type { FluoErrorCode } from '@fluokit/core/wire'
import type { Mask } from '../upstream/mask.ts'

/**
 * One line of the relay's log, as data. It never holds the key or a user ID, and hides raw thread IDs and what a person
 * sent wherever they are repeated whole; `user` and `thread` are keyed hashes, equal for equal values. What came from
 * outside is one line, of at most 500 characters before control characters are escaped: it opens no line of its own and
 * moves no terminal.
 */
export interface RelayLogEntry {
  readonly level: 'info' | 'warn' | 'error'
  /**
   * `refused`: no run. `run-start`, `run-end`: a run. `hook-failed`: a callback of the application threw.
   * `not-sealed`: the thread of a run cannot be continued, because its ID cannot be sealed. `follow`: a reader of a run that
   * exists. `not-resumed`: the run is not in this relay's log. `reader-lost`: a stream was cut, because the log failed.
   * `upload`: a place for a file was issued. `uploaded`: its bytes came through the relay, and were stored. `view`: a URL to see
   * a file was issued.
   */
  readonly event:
    | 'refused'
    | 'run-start'
    | 'run-end'
    | 'stop'
    | 'follow'
    | 'not-resumed'
    | 'reader-lost'
    | 'hook-failed'
    | 'not-sealed'
    | 'upload'
    | 'uploaded'
    | 'view'
  /** The ID the browser was told, too. */
  readonly requestId: string
  readonly status?: number
  readonly code?: FluoErrorCode
  /**
   * How a run ended: by itself, by `op: 'stop'`, because nobody read it for `graceMs`, because Fluo's answer broke off, by an
   * error, by `close()`, or because another process had ended it or the run log could not be asked for too long.
   */
  readonly end?: 'done' | 'stopped' | 'left' | 'broken' | 'failed' | 'closed' | 'lost'
  readonly agentId?: string
  readonly runId?: string
  readonly user?: string
  readonly thread?: string
  readonly upstreamStatus?: number
  readonly upstreamRequestId?: string
  readonly detail?: string
}

const longestDetail = 500

/** A log that masks and escapes whatever came from outside, and whose failures never reach a run. */
export function createLog(
  log: ((entry: RelayLogEntry) => void) | undefined,
): (entry: RelayLogEntry, mask: Mask) => void {
  return (entry, mask) => {
    const { agentId, runId, upstreamRequestId, detail } = entry
    const safe = (text: string): string => safeLine(mask.string(text))
    try {
      log?.({
        ...entry,
        // It is one of a list, and may be a word that somebody asked for.
        ...(agentId !== undefined && { agentId: safeLine(agentId) }),
        // Of a strict pattern, and a person may ask for the very word.
        ...(runId !== undefined && { runId: safeLine(mask.prose(runId)) }),
        ...(upstreamRequestId !== undefined && { upstreamRequestId: safe(upstreamRequestId) }),
        ...(detail !== undefined && { detail: safe(detail) }),
      })
    } catch {
      // A logger that fails must not take a conversation with it.
    }
  }
}

/** Clipped after masking: a secret that is cut in two would no longer be found. Escaped so that no two texts look alike. */
function safeLine(text: string): string {
  return text
    .slice(0, longestDetail)
    .replace(/[\p{Cc}\p{Cf}\p{Surrogate}\u2028\u2029\\]/gu, escapeCharacter)
}

function escapeCharacter(character: string): string {
  if (character === '\\') return '\\\\'
  return `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`
}
