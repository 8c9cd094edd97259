import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** A process of the load that listens on a port of this machine. */
export interface Child {
  readonly url: string
  readonly process: ChildProcess
  /** Asks it how it is. */
  ask(): Promise<unknown>
  end(): Promise<void>
}

/** Starts a file beside this one as a process, and waits until it listens. */
export async function startChild(file: string, args: readonly string[]): Promise<Child> {
  const child = fork(join(import.meta.dirname, file), args)
  const gone = once(child, 'exit').then(() => {
    throw new Error(`${file} has ended before it listened.`)
  })
  const [{ port }] = (await Promise.race([once(child, 'message'), gone])) as [{ port: number }]
  gone.catch(() => undefined)
  return {
    url: `http://127.0.0.1:${port}`,
    process: child,
    async ask() {
      child.send('how are you?')
      const [answer] = (await once(child, 'message')) as [unknown]
      return answer
    },
    async end() {
      const gone = once(child, 'exit')
      child.kill()
      await gone
    },
  }
}
