import { inJson, Refusal } from '../answer/refusal.ts'
import type { RelayLimits } from '../options/relay-limits.ts'
import { createPatience } from '../upstream/create-patience.ts'
import { brokeOff, countBytes } from './count-bytes.ts'
import type { UploadTicket } from './upload-ticket.ts'

export interface PutOptions {
  readonly limits: Pick<RelayLimits, 'blockedMs' | 'firstByteMs' | 'totalMs'>
  readonly fetch: typeof fetch
  /** Aborts when whoever sends the bytes has left. */
  readonly ended: AbortSignal
}

/**
 * Puts exactly `size` bytes to the storage, as they come and no faster than it takes them, with its own headers and no others
 * of ours. Resolves when it has stored them. Throws a {@link Refusal}: 400 or 413 for what came, 410 where the place is no
 * longer good, and else 424.
 */
export async function putBytes(
  body: ReadableStream<Uint8Array> | null,
  { url, mediaType, size, headers }: UploadTicket,
  { limits, fetch, ended }: PutOptions,
): Promise<void> {
  const abort = new AbortController()
  const leave = (): void => abort.abort()
  const timer = setTimeout(leave, limits.totalMs)
  if (ended.aborted) leave()
  ended.addEventListener('abort', leave, { once: true })
  const patience = createPatience(abort.signal)
  const bytes = countBytes(body, size, { limits, patience })
  patience.listen(limits.blockedMs)
  try {
    const response = await fetch(url, {
      method: 'PUT',
      headers: { ...headers, 'content-type': mediaType, 'content-length': String(size) },
      body: withLength(bytes.stream, size),
      duplex: 'half',
      redirect: 'manual',
      signal: patience.signal,
    } as RequestInit)
    void response.body?.cancel().catch(ignore)
    if (response.ok && bytes.isWhole) return
    throw bytes.fault ?? refusalOf(response)
  } catch (thrown) {
    if (thrown instanceof Refusal) throw thrown
    if (ended.aborted) throw brokeOff('The browser left before all bytes of the file had come.')
    if (bytes.fault !== null) throw bytes.fault
    if (!patience.isOver && !abort.signal.aborted) throw notReached(thrown)
    throw bytes.isWaiting
      ? brokeOff('The bytes of the file were over limits.blockedMs or limits.totalMs.')
      : new Refusal(inJson, 'stalled', {
          detail: 'The storage was over limits.blockedMs, limits.firstByteMs or limits.totalMs.',
        })
  } finally {
    clearTimeout(timer)
    ended.removeEventListener('abort', leave)
    leave()
    bytes.leave()
  }
}

/** Workers send a length only with a stream of their own; elsewhere the header says it. Storages demand one. */
function withLength(stream: ReadableStream<Uint8Array>, size: number): ReadableStream<Uint8Array> {
  const { FixedLengthStream } = globalThis as {
    readonly FixedLengthStream?: new (length: number) => TransformStream<Uint8Array, Uint8Array>
  }
  if (FixedLengthStream === undefined) return stream
  const { readable, writable } = new FixedLengthStream(size)
  stream.pipeTo(writable).catch(ignore) // the request hears of it
  return readable
}

/** Storages have these for a signature that has run out, or that never was theirs: another place may do. */
const noLongerGood = new Set([400, 401, 403])

function refusalOf({ status, type }: Response): Refusal {
  const detail = `The storage answered with ${type === 'opaqueredirect' ? 'a redirect, which is never followed' : status}.`
  return noLongerGood.has(status)
    ? new Refusal(410, 'file-gone', { detail })
    : new Refusal(inJson, 'upstream', { detail })
}

function notReached(thrown: unknown): Refusal {
  const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : null
  const reason = cause instanceof Error ? cause.message : 'no reason'
  return new Refusal(inJson, 'network', {
    detail: `The storage could not be reached, or left: ${reason}`,
  })
}

function ignore(): void {
  // Whoever reads or writes there has heard of it.
}
