import type { RunExport } from './export-run.ts'

/** A script as TypeScript, to be kept as a file beside the story or the test that plays it. */
export function scriptSource({ name, note, steps }: Omit<RunExport, 'source' | 'json'>): string {
  const lines = steps.map((step) => `  ${literal(step)},`)
  return [
    "import { defineScript } from '@fluokit/testing'",
    '',
    `/** ${note.replaceAll('*/', '* /')} */`,
    `export const recorded = defineScript(${literal(name)}, [`,
    ...lines,
    '])',
    '',
  ].join('\n')
}

/** A value of JSON as it is written in a program. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined'
  const fields = Object.entries(value).filter(([, item]) => item !== undefined)
  if (fields.length === 0) return '{}'
  return `{ ${fields.map(([key, item]) => `${keyOf(key)}: ${literal(item)}`).join(', ')} }`
}

function keyOf(key: string): string {
  if (key === '__proto__') return '["__proto__"]' // or it would name a prototype
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key)
}
