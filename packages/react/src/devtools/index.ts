export { record, type Recording } from './record.ts'
export type { ExportOptions, RunExport } from './export-run.ts'
export type {
  CommitRow,
  EndRow,
  EventRow,
  RecordedRun,
  StateRow,
  TimelineRow,
} from './recorded-run.ts'
export type { ScriptStep } from './script-step.ts'
export { FluoDevtools, type FluoDevtoolsProps } from './fluo-devtools.tsx'
export { fluoDevtoolsPlugin, type FluoDevtoolsPlugin } from './plugin.tsx'
