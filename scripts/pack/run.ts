import { spawn } from 'node:child_process'

export interface RunOptions {
  readonly cwd: string
  readonly env?: NodeJS.ProcessEnv
  /** After this long the command is killed and counts as failed. @default 60 s */
  readonly limitMs?: number
}

/** How a command ended, and all that it printed. */
export interface Finished {
  readonly code: number
  readonly output: string
}

/** Runs a command to its end, whatever that is. Never throws for a command that fails. */
export function run(
  command: string,
  args: readonly string[],
  { cwd, env = process.env, limitMs = 60_000 }: RunOptions,
): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const late = setTimeout(() => {
      output += `\n${command} was stopped after ${limitMs / 1000} s\n`
      child.kill('SIGKILL')
    }, limitMs)
    let output = ''
    const collect = (chunk: Buffer): void => void (output += chunk.toString())
    const end = (code: number): void => {
      clearTimeout(late)
      resolve({ code, output })
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.once('error', (error) => {
      output += String(error)
      end(1)
    })
    child.once('close', (code) => end(code ?? 1))
  })
}

/** Runs a command and throws all that it printed if it fails. */
export async function mustRun(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<string> {
  const { code, output } = await run(command, args, options)
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${output.trim()}`)
  return output
}
