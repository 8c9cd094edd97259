/** A storage that does not answer is waited for no longer than this, in milliseconds. */
export const longestAnswer = 2000

/** Waits for work to be over, however it ends, and no longer than `limit` milliseconds. Never rejects. */
export async function within(limit: number, work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, limit)))
  await Promise.race([work.then(ignore, ignore), late])
  clearTimeout(timer)
}

function ignore(): void {
  // How it ended is for whoever began it.
}
