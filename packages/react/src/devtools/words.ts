import type { TimelineRow, RecordedRun } from './recorded-run.ts'

/** What the devtools say. They are for developers, in English only. */
export const words = {
  title: 'Fluokit',
  panel: 'Fluokit devtools',
  runs: 'Runs, newest first',
  noRuns: 'No run yet. Send a message, and its timeline appears here.',
  noClient: 'Needs a FluoProvider above, or a client.',
  broken: 'The recorded runs could not be shown. The application goes on.',
  again: 'Show them masked',
  reveal: 'Show text and IDs',
  revealHint: 'In this panel only, until it is closed. References of threads stay hidden.',
  clear: 'Clear',
  copyScript: 'Copy script',
  downloadScript: 'Download .ts',
  downloadJson: 'Download .json',
  exportMasked: 'Export, text masked',
  exportKept: 'Export, with its text',
  copied: 'Copied',
  notCopied: 'The browser did not let it be copied. Download it instead.',
  timeline: 'Timeline',
  columns: { at: 'At', kind: 'Kind', summary: 'What happened' },
  picture: ({ rows }: RecordedRun, span: string): string =>
    `${rows.length} entries over ${span}, in lanes for events, commits and states`,
  lanes: { event: 'Events', commit: 'Commits', state: 'State' },
  run: (number: number): string => `Run ${number}`,
  thread: (number: number): string => `thread ${number}`,
  reference: (number: number): string => `reference ${number}`,
  ends: {
    done: 'done',
    stopped: 'stopped',
    interrupted: 'interrupted',
    failed: 'failed',
    unknown: 'unknown',
  },
  open: 'open',
  left: 'left',
  notWhole: 'Not whole: it began before anybody watched, or was too long to keep.',
  entries: (count: number): string => (count === 1 ? '1 entry' : `${count} entries`),
  deltas: (count: number, length: number): string =>
    `${count === 1 ? '1 delta' : `${count} deltas`}, ${characters(length)}`,
  characters: (length: number): string => characters(length),
  commit: ({ events, messages, parts, chunks }: Extract<TimelineRow, { kind: 'commit' }>): string =>
    `${counted(events, 'event')} in: ${counted(messages, 'message')}, ${counted(parts, 'part')}, ${counted(chunks, 'chunk')}`,
  scriptName: ({ number, end, isOver }: RecordedRun): string =>
    `run ${number}, ${end ?? (isOver ? 'left' : 'open')}`,
  scriptNote: (run: RecordedRun, isMasked: boolean, hasTakenBack: boolean): string =>
    [
      isMasked
        ? 'Recorded, with its text masked: the same lengths and line ends.'
        : 'Recorded with its text.',
      run.end === null || run.end === 'stopped' ? 'It stalls where it was stopped or left.' : '',
      hasTakenBack ? 'Text that was taken back is left out.' : '',
      run.isWhole ? '' : 'Its beginning is missing.',
    ]
      .filter(Boolean)
      .join(' '),
} as const

function characters(length: number): string {
  return counted(length, 'char')
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
