import { emptyRun, fold, textOf, type FluoEvent, type Part, type Run } from '@fluokit/core'
import type { EventRow } from './recorded-run.ts'
import { keptEvent } from './kept-event.ts'
import type { TextKeeper } from './text-keeper.ts'

/** An event of a run as it is exported, and the line that it stood in. */
export interface KeptEvent {
  readonly row: EventRow
  readonly event: FluoEvent
}

type TextEvent = Extract<FluoEvent, { text?: string }>

/**
 * The events of these rows with their text kept or masked, so that they fold to a run of the same form. `withIds`: the
 * names of messages are needed for that.
 */
export function eventsOfRun(
  rows: readonly EventRow[],
  keep: TextKeeper,
): { readonly events: readonly KeptEvent[]; readonly withIds: boolean } {
  const plain = keepEvents(rows, keep, false)
  if (plain.isAlike) return { events: plain.events, withIds: false }
  const named = keepEvents(rows, keep, true)
  return { events: named.events, withIds: true }
}

function keepEvents(
  rows: readonly EventRow[],
  keep: TextKeeper,
  withIds: boolean,
): { readonly events: readonly KeptEvent[]; readonly isAlike: boolean } {
  const events: KeptEvent[] = []
  let real = emptyRun('run')
  let shown = emptyRun('run')
  for (const row of rows) {
    for (const event of realEvents(row)) {
      if (isSilent(event)) continue
      const before = real
      real = fold(real, event)
      const kept = keepEvent(withoutMode(event, before, real), keep, withIds)
      const chosen =
        event.type === 'message_final' ? closest(shown, kept as TextEvent, formOf(real)) : kept
      shown = fold(shown, chosen)
      events.push({ row, event: chosen })
    }
  }
  return { events, isAlike: formOf(real) === formOf(shown) }
}

/** The events that a row stands for, with their text. Answers are joined; thoughts may be sentences of their own. */
function realEvents({ event, texts }: EventRow): readonly FluoEvent[] {
  if (texts.length === 0) return [event]
  const pieces = event.type === 'thinking_part' ? texts : [texts.join('')]
  return pieces.map((text) => ({ ...event, text }) as FluoEvent)
}

/** Events that do nothing to a run: they are no step of a script, which might take them for more. */
function isSilent(event: FluoEvent): boolean {
  if (event.type === 'error') return event.error.code === 'thread-conflict'
  const isDelta = event.type === 'message_delta' || event.type === 'thinking_part'
  return isDelta && (event.text ?? '') === ''
}

/** A text so far as what it adds to the one before: a script has no other way to say it. */
function withoutMode(event: FluoEvent, before: Run, after: Run): FluoEvent {
  if (event.type !== 'message_delta' || event.mode !== 'replace') return event
  const { mode: _mode, ...appended } = event
  const [old, whole] = [textOf(before), textOf(after)]
  return whole.startsWith(old) ? { ...appended, text: whole.slice(old.length) } : event
}

function keepEvent(event: FluoEvent, keep: TextKeeper, withIds: boolean): FluoEvent {
  const kept = keptEvent(event, keep)
  if (!('text' in event) && !('messageId' in event)) return kept
  const { text, messageId, mode } = event
  return {
    ...kept,
    ...(text !== undefined && { text: keep.text(text) }),
    ...(withIds && messageId !== undefined && { messageId: keep.id('message', messageId) }),
    ...(mode === 'replace' && { mode }),
  } as FluoEvent
}

/**
 * A final is settled against what was said before, and masked texts may be equal where the real ones were not. So another letter is
 * put at one of its ends where that gives the form of the real run.
 */
function closest(run: Run, final: TextEvent, form: string): FluoEvent {
  const { text = '' } = final
  const others = [text, text.replace(/[xX]/, 'o'), text.replace(/[xX](?=[^xX]*$)/, 'o')]
  const found = others.find((other) => formOf(fold(run, { ...final, text: other })) === form)
  return final.text === undefined ? final : { ...final, text: found ?? text }
}

/** What a run looks like, without a word of it: its messages, their parts, how long each chunk is, how calls stand. */
function formOf({ messages, end }: Run): string {
  return JSON.stringify([
    end,
    messages.map(({ isFinal, parts }) => [isFinal, parts.map(formOfPart)]),
  ])
}

function formOfPart(part: Part): unknown {
  if (part.type === 'tool-call') return [part.status]
  if (part.type === 'unknown') return '?'
  return [part.type, ...part.chunks.map(({ length }) => length)]
}
