'use client'
import { useRef, useState, type ReactNode } from 'react'
import { exportRun } from './export-run.ts'
import type { RecordedRun } from './recorded-run.ts'
import type { References } from './references.ts'
import { words } from './words.ts'

/** A browser may ask where to save a file, and reads it only then. */
const releaseAfterMs = 60_000

interface ExportBarProps {
  readonly run: RecordedRun
  readonly references: References
  readonly isRevealed: boolean
}

/** Takes a run out as a script: masked, unless text is shown. Renders a `<fieldset>` of buttons. */
export function ExportBar({ run, references, isRevealed }: ExportBarProps): ReactNode {
  const [said, setSaid] = useState('')
  const ref = useRef<HTMLFieldSetElement>(null)
  const label = isRevealed ? words.exportKept : words.exportMasked
  const made = () => exportRun(run, references, { text: isRevealed ? 'kept' : 'masked' })

  function copy(): void {
    setSaid('') // what is said again is announced again
    const clipboard = ref.current?.ownerDocument.defaultView?.navigator.clipboard
    const copied = clipboard?.writeText(made().source) ?? Promise.reject(new Error('no clipboard'))
    copied.then(
      () => setSaid(words.copied),
      () => setSaid(words.notCopied),
    )
  }

  function download(ending: 'ts' | 'json'): void {
    const { source, json } = made()
    const [text, type] = ending === 'ts' ? [source, 'text/plain'] : [json, 'application/json']
    const url = URL.createObjectURL(new Blob([text], { type }))
    const link = document.createElement('a')
    link.href = url
    link.download = `run-${run.number}.${ending}`
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), releaseAfterMs)
  }

  return (
    <fieldset ref={ref} aria-label={label} data-fluo-bar="">
      <span aria-hidden="true">{label}</span>
      <button type="button" onClick={copy}>
        {words.copyScript}
      </button>
      <button type="button" onClick={() => download('ts')}>
        {words.downloadScript}
      </button>
      <button type="button" onClick={() => download('json')}>
        {words.downloadJson}
      </button>
      <output>{said}</output>
    </fieldset>
  )
}
