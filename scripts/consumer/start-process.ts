import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { cleanEnvironment } from './clean-environment.ts'

/** A program that runs beside the test. */
export interface Running {
  /** What it has printed so far, line by line. */
  readonly lines: readonly string[]
  /** Resolves to the first line that matches, also of those to come; rejects once it has ended or after 20 s. */
  line(pattern: RegExp): Promise<string>
  readonly stop: () => void
}

/** Starts a program of Node in a folder. */
export function startProcess(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Running {
  const child = spawn(process.execPath, args, {
    cwd,
    env: cleanEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = (): void => void child.kill('SIGKILL')
  process.once('exit', stop)
  const lines: string[] = []
  const waiting = new Set<() => void>()
  let hasEnded = false
  const wake = (): void => waiting.forEach((look) => look())
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      lines.push(line)
      wake()
    })
  }
  child.once('error', (error) => lines.push(String(error)))
  child.once('close', () => {
    hasEnded = true
    process.off('exit', stop)
    wake()
  })
  return {
    lines,
    stop,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const end = (): void => {
          waiting.delete(look)
          clearTimeout(late)
        }
        const look = (): void => {
          const found = lines.find((line) => pattern.test(line))
          if (found === undefined && !hasEnded) return
          end()
          if (found !== undefined) resolve(found)
          else reject(new Error(`${args.join(' ')} ended:\n${lines.join('\n')}`))
        }
        const late = setTimeout(() => {
          end()
          reject(new Error(`${args.join(' ')} did not say ${pattern}:\n${lines.join('\n')}`))
        }, 20_000)
        waiting.add(look)
        look()
      }),
  }
}
