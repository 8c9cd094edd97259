import { record } from '@fluokit/react/devtools/production'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  createFluoClient,
  memoryStorage,
  type FluoEvent,
  type Transport,
} from '../../packages/core/src/index.ts'
import { workspace } from '../pack/packages.ts'
import { checkBlocks } from './check-blocks.ts'

const odd = '`${1}` */ \u2028 </script> \ud83d " \\'

/** Two messages that only their names tell apart, so that they are written as bytes, and whatever else a run may hold. */
const events: readonly FluoEvent[] = [
  { type: 'run_start', threadRef: 'a reference' },
  { type: 'thinking_part', text: odd },
  { type: 'tool_start', callId: odd, name: odd, input: { [odd]: [odd, 1, null], nested: {} } },
  {
    type: 'tool_end',
    callId: odd,
    output: JSON.parse('{"__proto__":{"isAdmin":true}}') as unknown,
  },
  { type: 'tool_end', callId: 'other', error: odd },
  { type: 'unknown', event: odd, raw: odd },
  { type: 'message_delta', messageId: odd, text: odd },
  { type: 'message_delta', messageId: 'other', text: odd },
  { type: 'message_delta', mode: 'replace', messageId: 'other', text: 'Instead' },
  { type: 'error', error: { code: 'rate-limited', requestId: 'id' } },
]

async function exported(text: 'masked' | 'kept'): Promise<string> {
  const transport: Transport = {
    async *start() {
      for (const event of events) yield [{ cursor: null, event }]
    },
  }
  const client = createFluoClient({
    transport,
    userScope: null,
    storage: memoryStorage(),
    retryRateLimited: false,
  })
  const recording = record(client)
  await client.thread({ agentId: 'agent' }).send('Hi')
  const [run] = recording.runs()
  if (run === undefined) throw new Error('Nothing was recorded.')
  return recording.exportRun(run, { text }).source
}

describe('the source of an exported run', () => {
  it('is a module that TypeScript takes, masked and with its text', async () => {
    const sources = [await exported('masked'), await exported('kept')]
    const markdown = sources.map((source) => `\`\`\`ts\n${source}\n\`\`\`\n`).join('\n')
    const folder = join(workspace, 'node_modules/.cache/exported-run')

    expect(await checkBlocks([{ page: 'exported.md', markdown }], folder)).toEqual([])
    expect(sources.join('')).toContain('{ bytes: ')
  }, 60_000)
})
