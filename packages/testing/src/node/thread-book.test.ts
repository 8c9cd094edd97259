import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Step } from '../script.ts'
import type { AgentTurn } from './agent.ts'
import { path, post, readRun, start } from './__fixtures__/call-stand-in.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stand-in-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

describe('startStandIn', () => {
  it('continues a thread with its history', async () => {
    const turns: AgentTurn[] = []
    const agent = (turn: AgentTurn): Step[] => {
      turns.push(turn)
      return [
        { event: { type: 'run_start' } },
        { event: { type: 'message_final', text: 'Hello.' } },
      ]
    }
    const standIn = await start({ scripts: [], agent })

    const [first] = await readRun(standIn)
    const threadId = first?.type === 'run_start' ? (first.threadRef ?? '') : ''
    await standIn.idle()
    await readRun(standIn, threadId)

    expect(standIn.requests[1]?.threadId).toBe(threadId)
    expect(turns[1]).toMatchObject({
      query: 'Hello?',
      threadId,
      history: [{ query: 'Hello?', answer: 'Hello.' }],
      body: { query: 'Hello?' },
    })
  })

  it('keeps threads in a file beyond a restart', async () => {
    const stateFile = join(folder, 'deep', 'state.json')
    const before = await start({ stateFile })
    await (await post(before)).text()
    const [threadId = ''] = before.threads.keys()
    await before.close()

    const after = await start({ stateFile })

    expect(after.threads.get(threadId)?.history).toEqual([
      { query: 'Hello?', answer: 'Hello.', files: [] },
    ])
    expect((await post(after, { path: `${path}?thread_id=${threadId}` })).status).toBe(200)
    expect(readdirSync(join(folder, 'deep'))).toEqual(['state.json'])
  })

  it.each(['', '{"version":1,"threads":[{"id":', '[]', '{"threads":[{"id":1}]}'])(
    'starts empty from the file %j and repairs it',
    async (content) => {
      const stateFile = join(folder, 'state.json')
      writeFileSync(stateFile, content)

      const standIn = await start({ stateFile })
      expect(standIn.threads.size).toBe(0)
      await (await post(standIn)).text()
      await standIn.idle()

      expect(JSON.parse(readFileSync(stateFile, 'utf8'))).toMatchObject({ version: 1 })
    },
  )
})
