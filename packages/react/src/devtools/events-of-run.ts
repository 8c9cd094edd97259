import { emptyRun, fold, textOf, type FluoEvent, type Part, type Run } from '@fluokit/core'
import type { EventRow } from './recorded-run.ts'
import { keptEvent } from './kept-event.ts'
import { statedError } from './stated-error.ts'
import { takeBack, textInstead, type KeptEvent } from './take-back.ts'
import type { TextKeeper } from './text-keeper.ts'

/** The events of a run as they are exported. */
export interface KeptEvents {
  readonly events: readonly KeptEvent[]
  /** The names of messages are needed for the same form. */
  readonly withIds: boolean
  /** Text that was taken back is not among them. */
  readonly hasTakenBack: boolean
}

type TextEvent = Extract<FluoEvent, { text?: string }>

/** The events of these rows with their text kept or masked, so that they fold to a run of the same form. */
export function eventsOfRun(rows: readonly EventRow[], keep: TextKeeper): KeptEvents {
  const plain = keepEvents(rows, keep, false)
  return plain.isAlike ? plain : keepEvents(rows, keep, true)
}

function keepEvents(
  rows: readonly EventRow[],
  keep: TextKeeper,
  withIds: boolean,
): KeptEvents & { readonly isAlike: boolean } {
  const events: KeptEvent[] = []
  let hasTakenBack = false
  let real = emptyRun('run')
  /** Null once text was taken back: folded anew where it is needed, not with each of a thousand such deltas. */
  let shown: Run | null = emptyRun('run')
  for (const row of rows) {
    for (const event of realEvents(row, keep)) {
      if (isSilent(event)) continue
      const before = real
      real = fold(real, event)
      const instead = textInstead(event, before, real)
      if (instead !== null) {
        hasTakenBack = true
        const place = takeBack(events, before, row)
        const said = { ...event, text: instead } as FluoEvent
        const kept = {
          row: place.row,
          event: keepEvent(said, keep, withIds),
          length: instead.length,
        }
        events.splice(place.at, 0, kept)
        shown = null
        continue
      }
      const added = addedBy(event, before, real)
      if (isSilent(added)) continue
      const kept = keepEvent(added, keep, withIds)
      const chosen =
        event.type === 'message_final'
          ? closest((shown ??= foldKept(events)), kept as TextEvent, formOf(real))
          : kept
      shown &&= fold(shown, chosen)
      events.push({ row, event: chosen, length: lengthOf(added) })
    }
  }
  const isAlike = formOf(real) === formOf(shown ?? foldKept(events))
  return { events, withIds, hasTakenBack, isAlike }
}

function foldKept(events: readonly KeptEvent[]): Run {
  return events.reduce((run, { event }) => fold(run, event), emptyRun('run'))
}

/**
 * The events that a row stands for, with their text. Answers are joined; thoughts may be sentences of their own, unless something
 * that is hidden stands across them.
 */
function realEvents({ event, texts }: EventRow, keep: TextKeeper): readonly FluoEvent[] {
  if (texts.length === 0) return [event]
  const whole = texts.join('')
  const isApart =
    event.type === 'thinking_part' && texts.map(keep.text).join('') === keep.text(whole)
  return (isApart ? texts : [whole]).map((text) => ({ ...event, text }) as FluoEvent)
}

/** Events that do nothing to a run: they are no step of a script, which might take them for more. */
function isSilent(event: FluoEvent): boolean {
  if (event.type === 'error') return event.error.code === 'thread-conflict'
  const isDelta = event.type === 'message_delta' || event.type === 'thinking_part'
  return isDelta && (event.text ?? '') === ''
}

/** A text so far as what it adds to the one before: a script has no other way to say it. */
function addedBy(event: FluoEvent, before: Run, after: Run): FluoEvent {
  if (event.type !== 'message_delta' || event.mode !== 'replace') return event
  return { ...event, text: textOf(after).slice(textOf(before).length) }
}

function lengthOf(event: FluoEvent): number {
  return 'text' in event ? (event.text?.length ?? 0) : 0
}

function keepEvent(event: FluoEvent, keep: TextKeeper, withIds: boolean): FluoEvent {
  const kept = keptEvent(event, keep)
  if (kept.type === 'error') return { ...kept, error: statedError(kept.error) }
  if (!('text' in event) && !('messageId' in event)) return kept
  const { text, messageId } = event
  return {
    ...kept,
    ...(text !== undefined && { text: keep.text(text) }),
    ...(withIds && messageId !== undefined && { messageId: keep.id('message', messageId) }),
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
