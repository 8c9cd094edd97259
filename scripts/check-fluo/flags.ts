import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'

export interface Flags {
  readonly yes: boolean
  readonly help: boolean
  /** Where the redacted fixture goes; null when none was asked for. */
  readonly fixture: string | null
}

/** How the command is used. */
export const usage: string = [
  'npx pnpm@12 check:fluo [--yes] [--fixture FILE]',
  '',
  '  --yes           ask Fluo without a confirmation, for scripts',
  '  --fixture FILE  write the stream to FILE, with every value replaced',
].join('\n')

/** The flags of the command line, or the sentence that says what is wrong with them. */
export function readFlags(args: readonly string[]): Flags | string {
  try {
    const { values } = parseArgs({
      args: args.filter((arg, index) => arg !== '--' || index > 0), // pnpm hands on a `--` of its own
      options: {
        yes: { type: 'boolean', short: 'y', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        fixture: { type: 'string' },
      },
    })
    const { yes, help, fixture = null } = values
    if (fixture === '') return 'The flag --fixture needs the name of a file.'
    if (fixture !== null && existsSync(fixture)) {
      return 'The file for the fixture exists already: name another one.'
    }
    return { yes, help, fixture }
  } catch {
    return `These flags are not known.\n\n${usage}`
  }
}
