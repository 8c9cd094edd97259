import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Step } from '../../script.ts'
import { path, post, start } from '../__fixtures__/call-stand-in.ts'
import { upload } from '../__fixtures__/upload.ts'
import type { AgentTurn } from '../agent.ts'
import type { StandIn, StandInOptions } from '../stand-in.ts'

/** A stand-in that keeps what its agent was asked. */
async function startListening(
  options: StandInOptions = {},
): Promise<{ readonly standIn: StandIn; readonly turns: readonly AgentTurn[] }> {
  const turns: AgentTurn[] = []
  const agent = (turn: AgentTurn): Step[] => {
    turns.push(turn)
    return [{ event: { type: 'message_final', text: 'Read.' } }]
  }
  return { standIn: await start({ ...options, scripts: [], agent }), turns }
}

const read = async (file: AgentTurn['files'][number] | undefined): Promise<string> =>
  new TextDecoder().decode(await file?.read())

describe('AgentTurn', () => {
  it('has the files of the question, by their kind', async () => {
    const { standIn, turns } = await startListening()
    const text = await upload(standIn, { filename: 'Grüße.md' })
    const image = await upload(standIn, { filename: 'a.png', contentType: 'image/png', body: 'x' })

    const body = { query: 'Look', images: [image.viewUrl], documents: [text.viewUrl] }
    await (await post(standIn, { body })).text()

    expect(turns[0]?.files).toMatchObject([
      { kind: 'document', name: 'Grüße.md', mediaType: 'text/markdown' },
      { kind: 'image', name: 'a.png', mediaType: 'image/png' },
    ])
    expect(await read(turns[0]?.files[0])).toBe('Be kind.')
  })

  it('has the files of a stateless run', async () => {
    const { standIn, turns } = await startListening()
    const { viewUrl } = await upload(standIn)

    const body = { query: 'Look', documents: [viewUrl] }
    await (await post(standIn, { path: '/api/v1/agents/agent_demo/run', body })).text()

    expect(await read(turns[0]?.files[0])).toBe('Be kind.')
  })

  it.each([
    ['of another place', () => 'http://127.0.0.1:1/files/chat/1/policy%20a.pdf', 'policy a.pdf'],
    [
      'that nobody signed',
      (url: string) => url.replace(/Signature=.*/, 'Signature=00'),
      'policy.md',
    ],
    ['of another origin', (url: string) => url.replace('127.0.0.1', 'example.com'), 'policy.md'],
    ['that is none', () => 'policy', 'file'],
  ])('has a file that cannot be read for a URL %s', async (_name, change, name) => {
    const { standIn, turns } = await startListening()
    const { viewUrl } = await upload(standIn)

    await (await post(standIn, { body: { query: 'Look', documents: [change(viewUrl)] } })).text()

    const [file] = turns[0]?.files ?? []
    expect(file).toMatchObject({ kind: 'document', name, mediaType: 'application/octet-stream' })
    await expect(file?.read()).rejects.toThrow('no file but those of its own storage')
  })

  it('has the files of earlier turns after a restart, when their URLs are long over', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stand-in-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const stateFile = join(folder, 'state.json')
    const { standIn } = await startListening({ stateFile })
    const { viewUrl } = await upload(standIn)
    await (await post(standIn, { body: { query: 'Look', documents: [viewUrl] } })).text()
    const [threadId] = standIn.threads.keys()
    await standIn.close()

    const after = await startListening({ stateFile })
    await (await post(after.standIn, { path: `${path}?thread_id=${threadId}` })).text()

    const [earlier] = after.turns[0]?.history ?? []
    expect(earlier).toMatchObject({ query: 'Look', files: [{ name: 'policy.md' }] })
    expect(await read(earlier?.files[0])).toBe('Be kind.')
    expect(JSON.stringify([...after.standIn.threads.values()])).not.toContain('Signature')
  })
})
