import { words } from './words.ts'
import type { RecordedRun } from './recorded-run.ts'
import type { References } from './references.ts'
import { stepsOfRun } from './script-of-run.ts'
import { scriptSource } from './script-source.ts'
import type { ScriptStep } from './script-step.ts'
import { createTextKeeper } from './text-keeper.ts'

/** A run as something that plays again. */
export interface RunExport {
  /** What the script is called: which run it was, and how it ended. */
  readonly name: string
  /** A sentence on where it comes from and what of it is left out. */
  readonly note: string
  /** For `defineScript(name, steps)` of `@fluokit/testing`. */
  readonly steps: readonly ScriptStep[]
  /** The same as TypeScript: a module that exports the script as `recorded`. */
  readonly source: string
  /** The same as JSON: `{name, note, steps}`. */
  readonly json: string
}

/** `text: 'kept'` exports what was said; the references of threads are left out of both. */
export interface ExportOptions {
  /** @default 'masked': every letter and digit is another one, lengths and line ends are the same */
  readonly text?: 'masked' | 'kept'
}

/** Writes a run down as a script. */
export function exportRun(
  run: RecordedRun,
  references: References,
  { text = 'masked' }: ExportOptions = {},
): RunExport {
  const isMasked = text === 'masked'
  const { steps, hasTakenBack } = stepsOfRun(run, createTextKeeper(isMasked, references, run))
  const name = words.scriptName(run)
  const script = { name, note: words.scriptNote(run, isMasked, hasTakenBack), steps }
  return {
    ...script,
    source: scriptSource(script),
    json: `${JSON.stringify(script, null, 2)}\n`,
  }
}
