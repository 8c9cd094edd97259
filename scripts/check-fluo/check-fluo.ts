import { findProblems } from './find-problems.ts'
import { readFlags, usage } from './flags.ts'
import { reportLines } from './print-report.ts'
import { scanFraming } from './scan-lines.ts'
import { readSettings } from './settings.ts'
import { surveyTurn } from './survey.ts'
import { question, takeTurn, type TurnLimits } from './take-turn.ts'
import type { Terminal } from './terminal.ts'
import { writeFixture } from './write-fixture.ts'

export interface CheckOptions {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly terminal: Terminal
  readonly limits?: Partial<TurnLimits>
}

/** Runs the check and resolves to its exit code: 0 all understood, 1 something was not, 2 Fluo was not asked. */
export async function checkFluo({ args, env, terminal, limits }: CheckOptions): Promise<0 | 1 | 2> {
  const { print } = terminal
  const flags = readFlags(args)
  if (typeof flags === 'string') return refuse(flags)
  if (flags.help) {
    print(usage)
    return 0
  }
  const settings = readSettings(env)
  if (typeof settings === 'string') return refuse(settings)

  print('This asks your agent one short question, through the real API. The turn may cost money.')
  print(`The question is: ${question}\n`)
  if (!flags.yes) {
    if (!terminal.isInteractive) {
      return refuse(
        'Nobody is here to confirm it, so nothing was asked. The flag --yes confirms it for scripts.',
      )
    }
    const answer = await terminal.ask('Ask it now? [y/N] ')
    if (!/^y(es)?$/i.test(answer)) return refuse('Nothing was asked.')
  }

  const turn = await takeTurn(settings, { silenceMs: 120_000, bytes: 4 * 1024 * 1024, ...limits })
  const secrets = [settings.apiKey, settings.projectId, settings.agentId]
  const survey = surveyTurn(turn, secrets)
  const framing = scanFraming(new TextDecoder().decode(turn.bytes))
  for (const line of reportLines(turn, survey, framing)) print(line)

  const problems = findProblems(turn, survey, framing)
  print(problems.length === 0 ? '\nEverything was understood.' : '\nNot understood:')
  for (const problem of problems) print(`  - ${problem}`)

  const file = flags.fixture ?? (await askForFixture())
  if (file === null) return problems.length === 0 ? 0 : 1
  if (turn.bytes.length === 0) {
    print('\nThere was no stream to make a fixture of.')
    return 1
  }
  const { isWritten, sentence } = writeFixture(file, turn, survey, secrets)
  print(`\n${sentence}`)
  return problems.length === 0 && isWritten ? 0 : 1

  function refuse(sentence: string): 2 {
    print(sentence)
    return 2
  }

  async function askForFixture(): Promise<string | null> {
    if (flags === null || !terminal.isInteractive || turn.bytes.length === 0) return null
    const name = await terminal.ask(
      '\nA redacted fixture, with every value replaced, can go into a test or an issue.\nFile to write it to (Enter: none): ',
    )
    return name === '' ? null : name
  }
}
