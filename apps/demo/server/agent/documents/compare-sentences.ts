import { diffArrays } from 'diff'
import { matchKey } from './match-key.ts'
import { likeness } from './sentences.ts'

/** One thing that two texts say differently: changed where both say something, else new or gone. */
export interface Difference {
  /** What it said; null for what is new. */
  readonly was: string | null
  /** What it says now; null for what is gone. */
  readonly now: string | null
}

/** So much must two sentences have in common for one to be a rewording of the other, where there are others to choose from. */
const likeEnough = 0.3

/** More pairs of sentences in one place are not looked at. */
const mostPairs = 2500

/** What has changed from one list of sentences to another, in their order. Looks for the smallest difference for two seconds. */
export function compareSentences(
  before: readonly string[],
  after: readonly string[],
): readonly Difference[] {
  const changes = diffArrays(before.map(matchKey), after.map(matchKey), { timeout: 2000 }) ?? [
    { count: before.length, removed: true, added: false, value: [] },
    { count: after.length, removed: false, added: true, value: [] },
  ]
  const differences: Difference[] = []
  let gone: readonly string[] = []
  let come: readonly string[] = []
  let atBefore = 0
  let atAfter = 0
  const settle = (): void => {
    differences.push(...pair(gone, come).filter(isReal))
    gone = []
    come = []
  }
  for (const { count, removed, added } of changes) {
    if (!removed && !added) settle()
    if (removed) gone = [...gone, ...before.slice(atBefore, atBefore + count)]
    if (added) come = [...come, ...after.slice(atAfter, atAfter + count)]
    if (!added) atBefore += count
    if (!removed) atAfter += count
  }
  settle()
  return differences
}

/** Where there was no time to look for the smallest difference, the same sentence may stand on both sides. */
function isReal({ was, now }: Difference): boolean {
  return was === null || now === null || matchKey(was) !== matchKey(now)
}

/**
 * What stood in one place, and what stands there now; without the sentences at both ends that are the same but divided
 * otherwise: a list in one file is a paragraph in another.
 */
function pair(gone: readonly string[], come: readonly string[]): readonly Difference[] {
  const start = sharedStart(gone.map(matchKey), come.map(matchKey))
  const restGone = gone.slice(start.gone)
  const restCome = come.slice(start.come)
  const end = sharedStart(
    restGone.map(backwards).toReversed(),
    restCome.map(backwards).toReversed(),
  )
  return align(
    restGone.slice(0, restGone.length - end.gone),
    restCome.slice(0, restCome.length - end.come),
  )
}

/** How many pieces at the start of each list are together the same text. */
function sharedStart(
  gone: readonly string[],
  come: readonly string[],
): { readonly gone: number; readonly come: number } {
  const one = gone.join('')
  const other = come.join('')
  let same = 0
  while (same < one.length && one[same] === other[same]) same += 1
  const ends = endsOf(come)
  const last = endsOf(gone).findLast((end) => end <= same && ends.includes(end))
  if (last === undefined) return { gone: 0, come: 0 }
  return { gone: endsOf(gone).lastIndexOf(last) + 1, come: ends.lastIndexOf(last) + 1 }
}

/** Where each piece ends in all of them together. */
function endsOf(pieces: readonly string[]): readonly number[] {
  let end = 0
  return pieces.map((piece) => (end += piece.length))
}

function backwards(sentence: string): string {
  return Array.from(matchKey(sentence)).toReversed().join('')
}

/** The two that are most alike belong together, and so do those before and behind them; what is left over is new or gone. */
function align(gone: readonly string[], come: readonly string[]): readonly Difference[] {
  if (gone.length === 0 || come.length === 0) return unpaired(gone, come)
  const best = mostAlike(gone, come)
  if (best === null) {
    if (gone.length !== come.length) return unpaired(gone, come)
    return gone.map((was, at) => ({ was, now: come[at] ?? null }))
  }
  return [
    ...align(gone.slice(0, best.was), come.slice(0, best.now)),
    { was: gone[best.was] ?? null, now: come[best.now] ?? null },
    ...align(gone.slice(best.was + 1), come.slice(best.now + 1)),
  ]
}

function unpaired(gone: readonly string[], come: readonly string[]): readonly Difference[] {
  return [...gone.map((was) => ({ was, now: null })), ...come.map((now) => ({ was: null, now }))]
}

/** Where the two stand that have most in common; null where none have enough, or there are too many to look at. */
function mostAlike(
  gone: readonly string[],
  come: readonly string[],
): { readonly was: number; readonly now: number } | null {
  if (gone.length * come.length > mostPairs) return null
  let best: { was: number; now: number } | null = null
  let most = likeEnough
  for (const [was, sentence] of gone.entries()) {
    for (const [now, other] of come.entries()) {
      const like = likeness(sentence, other)
      if (like <= most) continue
      most = like
      best = { was, now }
    }
  }
  return best
}
