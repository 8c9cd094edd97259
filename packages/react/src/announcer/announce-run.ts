import type { Run } from '@fluokit/core'
import { secondsUntil } from '../failure/seconds-until.ts'
import { sentenceFor } from '../failure/sentence-for.ts'
import type { Labels } from '../labels.ts'
import type { Announcer } from './create-announcer.ts'
import { readTexts, textEnd, textStart } from './read-text.ts'
import { shorten } from './shorten.ts'
import { splitSentences } from './split-sentences.ts'
import { watchTools } from './watch-tools.ts'

/**
 * What a screen reader hears of an answer: the whole once, when it is there (`final`), every sentence as it comes
 * (`sentences`), only that it is there (`status`), or nothing at all, of nothing (`off`).
 */
export type AnnounceMode = 'final' | 'sentences' | 'status' | 'off'

export interface AnnounceOptions {
  readonly announce: AnnounceMode
  /** What is said of a text of an answer. */
  readonly wordsOf: (text: string) => string
  readonly labels: Labels
}

/** Says what becomes of one run. */
export interface AnnouncedRun {
  readonly id: string
  /** It looks like this now. Costs what is new in it. */
  progress(run: Run): void
  /** It has ended, or is quiet and looks whole. Says nothing twice where it comes twice. */
  conclude(run: Run): void
  /** Nobody waits for it any more. */
  leave(): void
}

export interface AnnouncedRunSetup {
  readonly run: Run
  /** In how many milliseconds to say that it is being answered, or null for not at all. */
  readonly answeringIn: number | null
  /** Whether what it has answered so far is known already. */
  readonly isKnown: boolean
  readonly announcer: Announcer
  readonly options: () => AnnounceOptions
}

/** An answer that is said whole ends here: the rest is in the log. */
const longestAnswer = 600

/** Begins to say what becomes of a run. */
export function announceRun({
  run,
  announcer,
  options,
  ...setup
}: AnnouncedRunSetup): AnnouncedRun {
  const newTools = watchTools(run)
  let seen = run
  let place = setup.isKnown ? textEnd(run) : textStart
  let begun: readonly string[] = [] // the sentence of each message that still grows
  let hasSaid = setup.isKnown
  const timer = setup.answeringIn === null ? undefined : setTimeout(sayAnswering, setup.answeringIn)

  /** Not behind a message that has ended: it is about to be said. */
  function sayAnswering(): void {
    if (seen.messages.at(-1)?.isFinal === true) return
    announcer.say(options().labels.announceAnswering, 'polite')
  }

  function readOn(): readonly string[] {
    const texts = readTexts(seen, place).map((text, index) => (begun[index] ?? '') + text)
    place = textEnd(seen)
    begun = []
    return texts
  }

  function sayWholeSentences(): void {
    const split = readOn().map(splitSentences)
    begun = split.map(([, rest]) => rest)
    const sentences = collapse(split.map(([whole]) => options().wordsOf(whole)).join(' '))
    if (sentences === '') return
    announcer.sayMore(sentences)
    hasSaid = true
  }

  /** What has not been said yet. */
  function sayableRest(): string {
    return collapse(readOn().map(options().wordsOf).join('\n'))
  }

  function sayFinished(): void {
    const { announce, labels } = options()
    const text = sayableRest()
    const hasNews = text !== '' || !hasSaid
    hasSaid = true
    if (announce === 'sentences') announcer.sayMore(text)
    else if (text !== '' && announce === 'final') announcer.say(answerOf(text, labels), 'polite')
    if (hasNews && (text === '' || announce === 'status')) {
      announcer.say(labels.announceDone, 'polite')
    }
  }

  function sayFailed(error: string): void {
    announcer.say(error, 'assertive')
    if (options().announce === 'sentences') announcer.sayMore(sayableRest())
  }

  function progress(next: Run): void {
    if (next === seen) return
    seen = next
    const { announce, labels } = options()
    if (announce === 'sentences') sayWholeSentences()
    for (const name of newTools(next)) {
      announcer.say(labels.announceTool(name === '' ? labels.tool : name), 'polite')
    }
  }

  return {
    id: run.id,
    progress,
    conclude(next) {
      clearTimeout(timer)
      progress(next)
      const { labels } = options()
      if (next.end === null || next.end === 'done') sayFinished()
      else if (next.end === 'stopped') {
        announcer.clear() // whoever stops an answer does not want to hear more of it
        announcer.say(labels.ends.stopped, 'polite')
      } else sayFailed(failureOf(next, labels))
    },
    leave: () => clearTimeout(timer),
  }
}

function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function answerOf(text: string, labels: Labels): string {
  const said = shorten(text, longestAnswer)
  if (said === text) return labels.announceAnswer(text)
  return `${labels.announceAnswer(`${said}…`)} ${labels.announceRest}`.trim()
}

/** What ChatThread.Error shows; how long to wait is said once. */
function failureOf({ error, end }: Run, labels: Labels): string {
  const shown = error ?? { code: 'network' }
  const sentence = sentenceFor(shown, end ?? 'failed', labels)
  const seconds = secondsUntil(shown.retryAt ?? null)
  return seconds > 0 ? `${sentence} ${labels.retryIn(seconds)}` : sentence
}
