import type { EventEmitter } from 'node:events'

/** Resolves once each of these is closed, however it came to it. */
export async function emptied(open: ReadonlySet<EventEmitter>): Promise<void> {
  await Promise.all(
    [...open].map((one) => new Promise<void>((resolve) => void one.once('close', () => resolve()))),
  )
}
