'use client'
import type { Thread } from '@fluokit/core'
import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react'
import { useLabels } from '../use-labels.ts'
import { visuallyHidden } from '../part/visually-hidden.ts'
import type { AnnounceMode } from './announce-run.ts'
import { announceFiles } from './announce-files.ts'
import { announceThread } from './announce-thread.ts'
import { claimVoice } from './claim-voice.ts'
import type { Announcer } from './create-announcer.ts'

export interface ThreadAnnouncerProps {
  readonly thread: Thread
  readonly announce: AnnounceMode
  /** What is said of a text of an answer. */
  readonly wordsOf: (text: string) => string
  readonly announcer: Announcer
  /** The language of what is said. */
  readonly lang: string | undefined
}

/**
 * The one place of a thread that a screen reader listens to. Renders a `<div>` that is not seen, with an element for
 * what can wait and one for what cannot, both empty: text comes and goes without a render. Of two for one thread the first speaks. Inline style: hidden.
 */
export function ThreadAnnouncer({
  thread,
  announce,
  wordsOf,
  announcer,
  lang,
}: ThreadAnnouncerProps): ReactNode {
  const labels = useLabels()
  const { attach: attachPolite } = announcer.regions.polite
  const { attach: attachAssertive } = announcer.regions.assertive
  const options = useRef({ announce, wordsOf, labels })
  useLayoutEffect(() => {
    options.current = { announce, wordsOf, labels }
    announcer.mute(announce === 'off')
  }, [announce, wordsOf, labels, announcer])
  const isSilent = announce === 'off'
  useEffect(() => {
    if (isSilent) return
    return claimVoice(thread, () => {
      const ends = [
        announceThread(thread.store, announcer, () => options.current),
        announceFiles(thread, announcer, () => options.current.labels),
      ]
      return () => {
        for (const end of ends) end()
      }
    })
  }, [thread, announcer, isSilent])
  // Role and aria-live on one element are spoken twice by VoiceOver: each has one of them.
  return (
    <div data-part="chat-thread-announcer" lang={lang} style={visuallyHidden}>
      <div ref={attachPolite} aria-live="polite" />
      <div ref={attachAssertive} role="alert" />
    </div>
  )
}
