import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startDemo } from './server/start-demo.ts'

const envFile = join(import.meta.dirname, '../../.env')
if (existsSync(envFile)) process.loadEnvFile(envFile)

const port = Number(process.env['PORT'] ?? 5173)
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(`PORT is "${process.env['PORT']}", which is no port number. Try PORT=5174.`)
  process.exit(1)
}

// Another folder than apps/demo/.state for the stand-in's threads.
const stateDir = process.env['DEMO_STATE_DIR']

try {
  const demo = await startDemo({
    port,
    log: (line) => console.error(line),
    ...(stateDir && { stateDir }),
  })
  console.log(
    `\n  Fluokit demo  http://localhost:${demo.port}\n  ${demo.agent}\n  Ctrl-C stops it.\n`,
  )
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void demo.close().finally(() => process.exit(0)))
  }
} catch (thrown) {
  console.error(sentenceFor(thrown))
  process.exit(1)
}

function sentenceFor(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'The demo could not start.'
  const isTaken = 'code' in thrown && thrown.code === 'EADDRINUSE'
  if (!isTaken && !/already in use/.test(thrown.message))
    return `The demo could not start: ${thrown.message}`
  return `Port ${port} is in use. Choose another one: PORT=${port + 1} npx pnpm@12 demo`
}
