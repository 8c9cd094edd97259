import type { FluoErrorCode, RunEnd, ToolCallPart } from '@fluokit/core'
import { formatDuration } from './format-duration.ts'
import { formatMoment } from './format-moment.ts'
import type { UploadErrorCode, UploadStatus } from '@fluokit/core/uploads'
import type { Refusal } from './composer/draft.ts'
import { formatFileSize } from './format-file-size.ts'
import type { SubmitMode } from './composer/submit-mode.ts'
import type { MarkdownLabels } from './markdown/markdown-labels.ts'

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
  /** What `Markdown.Text` says; its English words come with that entry, so that a chat without it does without them. */
  readonly markdown?: Partial<MarkdownLabels> | undefined
}

/** The English words, used for whatever `labels` leaves out. */
export const defaultLabels: Labels = {
  conversation: 'Conversation',
  you: 'You',
  assistant: 'Assistant',
  messageName: (author, moment) => (moment === null ? author : `${author}, ${moment}`),
  moment: formatMoment,
  actions: 'Message actions',
  reuse: 'Use again',
  edit: 'Edit',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Could not copy',
  broken: 'This could not be shown as it should be. Here is its text:',
  message: 'Message',
  send: 'Send',
  stop: 'Stop',
  hint: (mode) =>
    ({
      enter: 'Enter sends, Shift+Enter begins a line.',
      'shift-enter': 'Shift+Enter sends, Enter begins a line.',
      'mod-enter': 'Control+Enter or Command+Enter sends, Enter begins a line.',
      none: 'Enter begins a line.',
    })[mode],
  attach: 'Attach files',
  fileName: (name) => (name === '' ? 'File' : name),
  removeAttachment: (name) => `Remove ${name === '' ? 'the file' : name}`,
  retryAttachment: (name) => `Retry ${name === '' ? 'the file' : name}`,
  preview: (name) => `Preview of ${name === '' ? 'the file' : name}`,
  fileSize: formatFileSize,
  progress: (name) => `Upload of ${name === '' ? 'the file' : name}`,
  progressText: (sent, size) => `${formatFileSize(sent)} of ${formatFileSize(size)}`,
  uploadStatus: {
    queued: 'Waiting',
    uploading: 'Uploading',
    ready: 'Ready',
    failed: 'Failed.',
  },
  uploadErrors: {
    'empty-file': 'This file is empty.',
    count: 'There are as many files as one message can have. Remove one, then retry.',
    type: 'Files of this kind cannot be attached.',
    mismatch: 'This file is not of the kind that its name says.',
    unreadable: 'This file could not be read. It may have been moved or changed: choose it again.',
    storage: 'The file could not be stored.',
    network: 'The connection was lost.',
    'not-a-stream': 'The server could not take this file.',
    empty: 'The server could not take this file.',
    'too-large': 'This file is too large.',
    'rate-limited': 'Too many files at the moment. Try again in a while.',
    unauthorized: 'Please sign in again.',
    forbidden: 'Files cannot be attached here.',
    'thread-gone': 'This conversation is no longer available.',
    'thread-conflict': 'The server could not take this file.',
    'file-gone': 'The upload took too long. Try again.',
    invalid: 'The server did not accept this file.',
    upstream: 'The server could not take this file.',
    stalled: 'The upload stopped.',
    limit: 'This file is too large.',
  },
  uploadLimits: {
    'large-file': (limit) => `This file is larger than ${limit}, the most that a file may have.`,
    total: (limit) => `With this file there would be more than ${limit}, the most for one message.`,
  },
  folder: 'This is a folder. Attach the files inside it.',
  waiting: (files) => `Sends when ${files} ${files === 1 ? 'file is' : 'files are'} ready…`,
  cancelWaiting: 'Do not send yet',
  waitingCanceled: 'Nothing was sent. Your text and files stay here.',
  tooManyFiles: (leftOut, limit) =>
    `${leftOut} ${leftOut === 1 ? 'file was' : 'files were'} left out: a message can have at most ${limit}.`,
  tooLong(length, limit) {
    const number = new Intl.NumberFormat('en')
    return `This text has ${number.format(length)} characters, and at most ${number.format(limit)} can be sent.`
  },
  refusals: {
    empty: 'There is nothing to send yet.',
    busy: 'An answer is still arriving. Your text stays here.',
    'another-tab': 'This conversation is being answered in another tab. Your text stays here.',
    uploading: 'A file is still being uploaded. Your text stays here.',
    disposed: 'This conversation is closed. Your text stays here.',
    'upload-failed':
      'A file could not be uploaded, so nothing was sent. Retry or remove it, then send again.',
  },
  retry: 'Retry',
  cancelRetry: 'Do not try again',
  cancelQueued: 'Take back',
  scrollToEnd: (unread) =>
    unread === 0
      ? 'Go to the end'
      : `Go to the end, ${unread} new ${unread === 1 ? 'message' : 'messages'}`,
  connecting: 'Connecting…',
  answering: 'Answering…',
  slow: 'Still waiting for the answer…',
  resuming: 'Reconnecting…',
  restoring: 'Opening the conversation…',
  empty: 'Ask a question to begin.',
  thinking: 'Thinking',
  thought: (seconds) => (seconds === null ? 'Thought' : `Thought for ${seconds} s`),
  tool: 'Tool',
  input: 'Input',
  output: 'Output',
  unknownEvent: (name) => `Unknown event “${name}”`,
  duration: formatDuration,
  toolStatus: {
    running: 'running',
    done: 'done',
    failed: 'failed',
    unfinished: 'unfinished',
    invalid: 'unexpected data',
  },
  ends: {
    stopped: 'Stopped.',
    interrupted: 'The answer was cut off.',
    failed: 'The answer failed.',
    unknown: 'Nobody knows whether this was answered.',
  },
  errors: {
    network: 'The connection was lost before the answer was complete.',
    'not-a-stream': 'The server answered with something that is not an answer.',
    empty: 'The server sent no answer.',
    'too-large': 'This is too large to send or to show.',
    'rate-limited': 'Too many messages at the moment.',
    unauthorized: 'Please sign in again.',
    forbidden: 'This assistant is not available here.',
    'thread-gone': 'This conversation is no longer available.',
    'thread-conflict': 'The server answered from another conversation.',
    'file-gone': 'A file of this message is no longer there. Edit the message and attach it again.',
    invalid: 'The server did not accept this message.',
    upstream: 'The assistant had a problem.',
    stalled: 'The answer stopped arriving.',
    limit: 'The answer was longer than allowed.',
  },
  notConnected: 'The server could not be reached.',
  unknownOutcome: 'The page was left before an answer came. It may or may not have been answered.',
  noAnswer: 'No answer came. The message may or may not have been received.',
  retryIn: (seconds) => `Try again in ${seconds} s.`,
  announceAnswering: 'The assistant is answering.',
  announceAnswer: (text) => `Answer: ${text}`,
  announceRest: 'The rest is in the conversation.',
  announceDone: 'The answer is complete.',
  announceTool: (name) => `Using ${name}.`,
  announceAttached: (names) => `Attached ${listOf(names)}.`,
  announceReady: (names) => `Ready to be sent: ${listOf(names)}.`,
  announceRemoved: (names) => `Removed ${listOf(names)}.`,
  announceFailed: (name, why) => `${name} failed. ${why}`,
}

/** As many names as can be listened to, else their number. */
function listOf(names: readonly string[]): string {
  return names.length > 3 ? `${names.length} files` : names.join(', ')
}
