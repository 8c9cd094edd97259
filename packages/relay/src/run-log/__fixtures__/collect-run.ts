import type { RunPiece } from '../run-log.ts'

/** Reads a run to its end: its frames, their cursors, and how it ended. Throws for a run that is not here. */
export async function collectRun(pieces: AsyncIterable<RunPiece> | null): Promise<{
  readonly frames: readonly string[]
  readonly cursors: readonly number[]
  readonly end: RunPiece['end']
}> {
  if (pieces === null) throw new Error('The run is not here.')
  const all: RunPiece[] = []
  for await (const piece of pieces) all.push(piece)
  const frames = all.flatMap((piece) => piece.frames)
  return {
    frames: frames.map(({ frame }) => frame),
    cursors: frames.map(({ cursor }) => cursor),
    end: all.at(-1)?.end ?? null,
  }
}
