import type { RunPiece } from '../run-log.ts'

/** The last part of a run that is over: nothing more will come, and nobody needs to know who reads it. */
export async function* lastPiece(piece: RunPiece, signal: AbortSignal): AsyncGenerator<RunPiece> {
  if (!signal.aborted) yield piece
}
