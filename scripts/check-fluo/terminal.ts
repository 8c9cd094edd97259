import { createInterface } from 'node:readline/promises'

/** Where the check prints, and whom it asks. */
export interface Terminal {
  /** Whether a person is there to answer. */
  readonly isInteractive: boolean
  readonly print: (line: string) => void
  /** The answer to a question, without the spaces around it; empty when the input ends. */
  ask(question: string): Promise<string>
}

/** The terminal this process runs in. */
export function terminal(): Terminal {
  return {
    isInteractive: process.stdin.isTTY && process.stdout.isTTY,
    print: (line) => console.log(line),
    async ask(question) {
      const lines = createInterface({ input: process.stdin, output: process.stdout })
      try {
        const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')))
        return (await Promise.race([lines.question(question), ended])).trim()
      } finally {
        lines.close()
      }
    },
  }
}
