/** Numbers from 0 to 1, the same ones for the same seed. */
export type Random = () => number

/** The generator known as mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A whole number from 0 up to, and without, `below`. */
export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit)
}
