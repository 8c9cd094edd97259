import type { FileRef, TurnInput } from '@fluokit/core'
import type { FileKind } from '@fluokit/core/uploads'
import type { TurnFile } from '../attachment/turn-file.ts'
import type { ChangeDetails } from '../part/change-details.ts'
import type { Draft, Refusal } from './draft.ts'

/** What changed a text: the person, a send, the answer to it, a turn that was brought back, or a call of the app. */
export type ValueReason = 'input' | 'sent' | 'refused' | 'reuse' | 'edit-last' | 'imperative-action'

/** What sends: a key, the button, or a call of the app. */
export type SendReason = 'enter-key' | 'send-press' | 'imperative-action'

/** What an app may set and hear of a draft. */
export interface ComposeOptions {
  /** The text, where the app owns it: what is written is what `onValueChange` sets. */
  readonly value?: string | undefined
  /** What the draft of a thread begins with. */
  readonly defaultValue?: string | undefined
  /** Called before the text changes. `details.cancel()` keeps it as it is. */
  readonly onValueChange?:
    | ((value: string, details: ChangeDetails<ValueReason>) => void)
    | undefined
  /** Called before a turn is sent. `details.cancel()` sends nothing and keeps the draft. */
  readonly onSend?: ((input: TurnInput, details: ChangeDetails<SendReason>) => void) | undefined
}

/** A composer to read and to act on. The actions keep their identity for as long as the thread does. */
export interface ComposerView {
  readonly text: string
  /** Replaces the text, whatever its length. */
  readonly setText: (text: string) => void
  /** What goes with the next turn, what is on its way, and what failed, in the order in which it was added. */
  readonly files: readonly TurnFile[]
  /** Lets a file that is on a server already go with the next turn; one that does already stays where it is. */
  readonly addFile: (kind: FileKind, file: FileRef) => void
  /** Uploads files of the person's own. Does nothing where the client was given no `uploads`. */
  readonly addFiles: (files: Iterable<File>) => void
  /** Takes a file out. The focus never falls out of the page: it goes to a neighbour, or to the input. */
  readonly removeFile: (file: TurnFile) => void
  /** Uploads a failed file again. */
  readonly retryFile: (file: TurnFile) => void
  /** Sends the draft once no file is on its way, unless it cannot be sent now: then it stays. A file that failed before stays as well. */
  readonly submit: () => void
  /** Whether the draft is sent by itself once its files are ready. */
  readonly isWaiting: boolean
  /** Ends that; the draft stays. */
  readonly cancelWaiting: () => void
  /** Whether a send would be taken now: at once, or into the thread's queue. */
  readonly canSend: boolean
  /** Whether there is nothing to send: no file but failed ones, and no text but white space. */
  readonly isEmpty: boolean
  readonly isRunning: boolean
  /** Whether the text is longer than can be sent. */
  readonly isOverLimit: boolean
  /** Why the last send was refused, or files were, until the next change or send, or where it was for a run the end of that. */
  readonly refusal: Refusal | null
  /** How many files were left out, where `refusal` is `too-many-files`. */
  readonly leftOut: number
}

/** What the parts do, and why. */
export interface ComposerActions {
  readonly write: (text: string, reason: ValueReason, event: Event | null) => void
  readonly send: (reason: SendReason, event: Event | null) => void
  /** Ends the wait for files, and says whether there was one. */
  readonly cancelWaiting: () => boolean
  /** Puts an earlier turn under what is written. Says whether it did. */
  readonly putBack: (
    input: TurnInput,
    reason: 'reuse' | 'edit-last',
    event: Event | null,
  ) => boolean
}

export interface Compose {
  readonly view: ComposerView
  readonly actions: ComposerActions
}

/** What a composer says to whoever listens. */
export interface ComposeListeners {
  readonly onRefused: (draft: Draft) => void
  /** The wait for so many files begins; 0: it was ended by the person. */
  readonly onWait: (count: number) => void
}
