import { createLiveRegion, type LiveRegion } from './live-region.ts'

/** When a text is heard: after what is being read (`polite`), or at once (`assertive`). */
export type Politeness = 'polite' | 'assertive'

/** What has a screen reader say something. Text goes straight into the page: nothing renders. */
export interface Announcer {
  /** The two elements that are read. */
  readonly regions: Readonly<Record<Politeness, LiveRegion>>
  /** Says a text, after what waits already. An empty one is not said. */
  say(text: string, politeness: Politeness): void
  /** Says a piece of a text that grows, politely; pieces that come fast are said together. */
  sayMore(text: string): void
  /** Forgets what was said and what waits. */
  clear(): void
  /** Whether nothing is to be said at all. */
  mute(isMuted: boolean): void
}

/** An announcer that has nothing to say yet. */
export function createAnnouncer(): Announcer {
  const regions = { polite: createLiveRegion(), assertive: createLiveRegion() }
  let isSilent = false

  function clear(): void {
    regions.polite.clear()
    regions.assertive.clear()
  }

  return {
    regions,
    say(text, politeness) {
      if (!isSilent && text.trim() !== '') regions[politeness].say(text)
    },
    sayMore(text) {
      if (!isSilent && text.trim() !== '') regions.polite.sayMore(text)
    },
    clear,
    mute(isMuted) {
      isSilent = isMuted
      if (isMuted) clear()
    },
  }
}
