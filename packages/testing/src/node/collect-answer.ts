import type { FluoEvent } from '@fluokit/core/wire'

/** Gathers the text of an answer while its events go out. */
export interface AnswerCollector {
  take(event: FluoEvent): void
  text(): string
}

/** A collector: of each message the final's text, or its deltas where the final has none. */
export function collectAnswer(): AnswerCollector {
  const messages: string[] = []
  let deltas = ''
  return {
    take(event) {
      if (event.type === 'message_delta') {
        deltas = event.mode === 'replace' ? (event.text ?? '') : deltas + (event.text ?? '')
      }
      if (event.type !== 'message_final') return
      messages.push(event.text ?? deltas)
      deltas = ''
    },
    text: () => [...messages, deltas].filter((text) => text !== '').join('\n\n'),
  }
}
