import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** A process of the load that listens on a port of this machine. */
export interface Child {
  readonly url: string
  readonly process: ChildProcess
  /** Asks it how it is. */
  ask(): Promise<unknown>
  end(): Promise<void>
}

/** Starts a file as a process with Node's own flags, and waits until it listens. */
export async function startChild(
  path: string,
  args: readonly string[],
  nodeFlags: readonly string[] = [],
): Promise<Child> {
  const child = fork(path, args, { execArgv: [...nodeFlags] })
  const gone = once(child, 'exit').then(() => {
    throw new Error(`${path} has ended before it listened.`)
  })
  const [{ port }] = (await Promise.race([once(child, 'message'), gone])) as [{ port: number }]
  let isGone = false
  gone.catch(() => (isGone = true))
  return {
    url: `http://127.0.0.1:${port}`,
    process: child,
    ask: () =>
      new Promise((resolve, reject) => {
        if (isGone) return reject(new Error(`${path} has ended.`))
        const answered = (said: unknown): void => {
          if (typeof said !== 'object' || said === null || !('answer' in said)) return
          child.off('message', answered)
          resolve(said.answer)
        }
        child.on('message', answered)
        child.send('how are you?')
      }),
    async end() {
      const exit = once(child, 'exit')
      child.kill()
      await exit
    },
  }
}
