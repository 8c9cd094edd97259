import type { FluoErrorCode, RunEnd, ToolCallPart } from '@fluokit/core'
import type { UploadErrorCode, UploadStatus } from '@fluokit/core/uploads'
import type { Refusal } from './composer/draft.ts'
import type { SubmitMode } from './composer/submit-mode.ts'
import type { MarkdownLabels } from './markdown/markdown-labels.ts'
import type { ThreadListLabels } from './thread-list/thread-list-labels.ts'

/** Every word the parts show or say. Replace any of them through `FluoProvider`'s `labels`. */
export interface Labels {
  /** The name of the log. */
  readonly conversation: string
  /** Who speaks. */
  readonly you: string
  readonly assistant: string
  /** The name of a message: who speaks, and when where that is known. */
  readonly messageName: (author: string, moment: string | null) => string
  /** When something was said; milliseconds since the epoch. */
  readonly moment: (at: number) => string
  /** The name of what can be done with a message. */
  readonly actions: string
  /** Puts what was asked back into the composer. */
  readonly reuse: string
  /** The same, for the turn that has just failed. */
  readonly edit: string
  readonly copy: string
  readonly copied: string
  readonly copyFailed: string
  /** In the place of something whose rendering threw, above its plain text. */
  readonly broken: string
  /** The name of the text input. */
  readonly message: string
  readonly send: string
  readonly stop: string
  /** Which key sends. */
  readonly hint: (mode: SubmitMode) => string
  /** Opens the picker of files. */
  readonly attach: string
  /** What a file is called; where it has no name, that it is one. */
  readonly fileName: (name: string) => string
  /** Takes a file out of what is being written. */
  readonly removeAttachment: (name: string) => string
  /** Uploads a failed file again. Begins with `retry`, which people see. */
  readonly retryAttachment: (name: string) => string
  /** Stands for the picture that a file shows. */
  readonly preview: (name: string) => string
  /** How large a file is, or may be, in bytes. */
  readonly fileSize: (bytes: number) => string
  /** The name of the bar that shows how far a file has come. */
  readonly progress: (name: string) => string
  /** How far it has come, of how many bytes. */
  readonly progressText: (sent: number, size: number) => string
  readonly uploadStatus: Readonly<Record<UploadStatus, string>>
  /** Why a file is not uploaded. */
  readonly uploadErrors: Readonly<Record<Exclude<UploadErrorCode, 'large-file' | 'total'>, string>>
  /** The same, of a file that is too large by itself or with the others; `limit` is a `fileSize`. */
  readonly uploadLimits: Readonly<Record<'large-file' | 'total', (limit: string) => string>>
  /** The same, of a folder. */
  readonly folder: string
  /** The draft is sent by itself once so many files are ready. */
  readonly waiting: (files: number) => string
  /** Ends that wait. */
  readonly cancelWaiting: string
  /** That it was ended. */
  readonly waitingCanceled: string
  /** So many files were left out, for no more than `limit` can go with one message. */
  readonly tooManyFiles: (leftOut: number, limit: number) => string
  /** A text that is longer than can be sent. */
  readonly tooLong: (length: number, limit: number) => string
  /** Why a text was not sent. */
  readonly refusals: Readonly<Record<Exclude<Refusal, 'too-long' | 'too-many-files'>, string>>
  readonly retry: string
  /** Ends the wait for the moment at which a turn is asked again by itself. */
  readonly cancelRetry: string
  /** Takes a turn out of the queue: its text goes back to where it was written. */
  readonly cancelQueued: string
  /** The way to the end of the log; `unread` messages have begun since it was left. */
  readonly scrollToEnd: (unread: number) => string
  /** What the thread is doing, for as long as it does. */
  readonly connecting: string
  readonly answering: string
  /** Not a byte has come for a while. */
  readonly slow: string
  /** The connection was lost, and the answer is looked for. */
  readonly resuming: string
  readonly restoring: string
  readonly empty: string
  /** The name of the list of what may be asked. */
  readonly suggestions: string
  readonly thinking: string
  /** Thinking that is over, and how many whole seconds it took where that is known. */
  readonly thought: (seconds: number | null) => string
  readonly tool: string
  readonly input: string
  readonly output: string
  readonly unknownEvent: (name: string) => string
  /** How long a tool took, to the millisecond, or has been running, in whole seconds; milliseconds. */
  readonly duration: (milliseconds: number, isRunning: boolean) => string
  readonly toolStatus: Readonly<Record<ToolCallPart['status'], string>>
  /** How an answer ended that is not whole, under its text. */
  readonly ends: Readonly<Record<Exclude<RunEnd, 'done'>, string>>
  /** What went wrong, in one plain sentence each. */
  readonly errors: Readonly<Record<FluoErrorCode, string>>
  /** The sentence for a server that could not be reached at all. */
  readonly notConnected: string
  /** The sentence for a turn of which nobody knows whether it ran. */
  readonly unknownOutcome: string
  /** The same, where the server was waited for in vain. */
  readonly noAnswer: string
  /** How long to wait, in whole seconds, behind the sentence of a rate limit. */
  readonly retryIn: (seconds: number) => string
  /** What only a screen reader hears, once each. An empty text is not said. */
  readonly announceAnswering: string
  readonly announceAnswer: (text: string) => string
  /** Behind the beginning of an answer that is too long to be said whole. */
  readonly announceRest: string
  /** In place of an answer that is not said, or has no text. */
  readonly announceDone: string
  readonly announceTool: (name: string) => string
  readonly announceAttached: (names: readonly string[]) => string
  readonly announceReady: (names: readonly string[]) => string
  readonly announceRemoved: (names: readonly string[]) => string
  /** A file failed; `why` is the sentence that stands beside it. */
  readonly announceFailed: (name: string, why: string) => string
  /** What `ThreadList` says; its English words come with the list, so that a chat without one does without them. */
  readonly threadList?: Partial<ThreadListLabels> | undefined
  /** What `Markdown.Text` says; its English words come with that entry, so that a chat without it does without them. */
  readonly markdown?: Partial<MarkdownLabels> | undefined
}
