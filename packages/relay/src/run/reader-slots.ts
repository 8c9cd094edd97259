/** How many streams each user reads in this process. */
export interface ReaderSlots {
  /** Takes a slot; null when the user has `most` already. The function that comes back gives it free, once. */
  take(userId: string, most: number): (() => void) | null
}

export function createReaderSlots(): ReaderSlots {
  const counts = new Map<string, number>()
  return {
    take(userId, most) {
      const count = counts.get(userId) ?? 0
      if (count >= most) return null
      counts.set(userId, count + 1)
      let isTaken = true
      return () => {
        if (!isTaken) return
        isTaken = false
        const left = (counts.get(userId) ?? 1) - 1
        if (left === 0) counts.delete(userId)
        else counts.set(userId, left)
      }
    },
  }
}
