import type { FluoEvent } from '../wire/fluo-event.ts'

/** This many deltas are looked at, from the first one on: watching costs nothing on a long answer. */
const looks = 8
const proof = 3

/** Calls back once when a run's first deltas look as if each repeated the whole text so far. */
export function watchDeltas(onCumulative: () => void): (event: FluoEvent) => void {
  let before = ''
  let seen = 0
  let repeats = 0
  return (event) => {
    if (seen === looks || event.type !== 'message_delta' || event.mode === 'replace') return
    const { text = '' } = event
    seen += 1
    const isRepeat = before !== '' && text.length > before.length && text.startsWith(before)
    repeats = isRepeat ? repeats + 1 : 0
    before = text
    if (repeats === proof) {
      seen = looks
      onCumulative()
    }
  }
}
