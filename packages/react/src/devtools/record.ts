import type { FluoClient } from '@fluokit/core'
import { exportRun, type ExportOptions, type RunExport } from './export-run.ts'
import type { RecordedRun } from './recorded-run.ts'
import { shareRecorder } from './share-recorder.ts'

/** What is collected of a client's runs, from the moment it was asked for. */
export interface Recording {
  /** The newest first, up to 50, with the words that were said: they never leave this object by themselves. */
  readonly runs: () => readonly RecordedRun[]
  /** A run as a script that a story or a test can play, masked unless told otherwise. */
  readonly exportRun: (run: RecordedRun, options?: ExportOptions) => RunExport
  /** Ends it. With the last one that was asked for, all that was collected is forgotten. */
  readonly end: () => void
}

/**
 * Collects a client's runs without the devtools being on the page: for what happens before they are opened, and for tests. These import
 * `@fluokit/react/devtools/production`, for Node does not set the condition `development`, without which this records nothing. Nothing is
 * collected unless this is called or `FluoDevtools` is mounted; what the client forgets is forgotten here as well.
 */
export function record(client: FluoClient): Recording {
  const { recorder, release } = shareRecorder(client)
  return {
    runs: recorder.runs,
    exportRun: (run, options) => exportRun(run, recorder.references, options),
    end: release,
  }
}
