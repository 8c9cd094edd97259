import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { cleanEnvironment } from './clean-environment.ts'

/** A program that runs beside the test. */
export interface Running {
  /** What it has printed so far, line by line. */
  readonly lines: readonly string[]
  /** Resolves to the first line that matches, also of those to come; rejects once it has ended or after 20 s. */
  line(pattern: RegExp): Promise<string>
  /** Resolves once it has ended, by whatever. */
  readonly ended: Promise<void>
  /** Ends it and the processes that it has started, by default at once. */
  readonly stop: (signal?: NodeJS.Signals) => void
}

export interface StartOptions {
  /** @default the Node that runs this */
  readonly command?: string
  /** The user and group that it runs as; only root may choose. */
  readonly user?: number
}

/** Starts a program in a folder. */
export function startProcess(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  { command = process.execPath, user }: StartOptions = {},
): Running {
  const child = spawn(command, args, {
    cwd,
    env: cleanEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // the leader of a group, which is how its own children are reached
    ...(user !== undefined && { uid: user, gid: user }),
  })
  const stop = (signal: NodeJS.Signals = 'SIGKILL'): void => {
    if (hasEnded || child.pid === undefined) return
    try {
      process.kill(-child.pid, signal)
    } catch {
      child.kill(signal)
    }
  }
  const stopNow = (): void => stop()
  process.once('exit', stopNow)
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
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      hasEnded = true
      process.off('exit', stopNow)
      wake()
      resolve()
    })
  })
  return {
    lines,
    ended,
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
