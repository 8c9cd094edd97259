import { writeFileSync } from 'node:fs'
import { parseData, stringsIn } from './field-paths.ts'
import { redactStream } from './redact-stream.ts'
import type { Survey } from './survey.ts'
import type { Turn } from './take-turn.ts'

/**
 * Writes the redacted stream to a new file, and says in a sentence whether it could. A fixture in which anything
 * of the turn can still be found is not written.
 */
export function writeFixture(
  file: string,
  turn: Turn,
  survey: Survey,
  secrets: readonly string[],
): { readonly isWritten: boolean; readonly sentence: string } {
  const fixture = redactStream(
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(turn.bytes),
    survey.isSafe,
  )
  const said = turn.messages.flatMap(({ data }) => stringsIn(parseData(data) ?? data))
  const values = said.filter((value) => value.length >= 12 && !isPlaceholder(value))
  const ids = [...secrets, ...survey.threadIds].filter((id) => id.length >= 6)
  const kept = [...ids, ...values].find((value) => fixture.includes(value))
  if (kept !== undefined) {
    return {
      isWritten: false,
      sentence: 'No fixture was written: a value of the stream would have stood in it.',
    }
  }
  try {
    writeFileSync(file, fixture, { flag: 'wx' })
    return {
      isWritten: true,
      sentence: 'The redacted fixture is written. Look it over before it leaves this machine.',
    }
  } catch {
    return {
      isWritten: false,
      sentence:
        'The fixture could not be written: the file exists already, or its folder does not.',
    }
  }
}

/** Words of a protocol are longer than that, too. */
function isPlaceholder(value: string): boolean {
  return /^[a-z]+([_-][a-z]+)*$/.test(value)
}
