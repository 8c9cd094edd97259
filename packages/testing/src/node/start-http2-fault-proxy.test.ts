import { connect, constants } from 'node:http2'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bytes, half, script } from './__fixtures__/ask-through.ts'
import { path, start } from './__fixtures__/call-stand-in.ts'
import { startHttp2FaultProxy, type Http2Fault } from './start-http2-fault-proxy.ts'

/** What a client over HTTP/2 gets of an answer, and how it ends. */
async function read(fault: Http2Fault): Promise<{ text: string; isWhole: boolean; left: number }> {
  const standIn = await start({ scripts: [script] })
  const proxy = await startHttp2FaultProxy({ target: standIn.url, fault, at: half })
  onTestFinished(() => proxy.close())
  const session = connect(proxy.url)
  session.on('error', () => undefined)
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/json',
    'x-api-key': standIn.apiKey,
    'x-project-id': standIn.projectId,
  })
  stream.on('error', () => undefined)
  stream.end('{"query":"Hello?"}')
  let text = ''
  stream.setEncoding('utf8').on('data', (piece: string) => void (text += piece))
  await new Promise<void>((resolve) => void stream.once('close', () => resolve()))
  session.destroy()
  await proxy.idle()
  const isWhole = !stream.aborted && stream.rstCode === constants.NGHTTP2_NO_ERROR
  return { text, isWhole, left: proxy.openConnections }
}

describe('startHttp2FaultProxy', () => {
  it.each(['none', 'graceful-goaway'] as const)('brings the whole answer: %s', async (fault) => {
    expect(await read(fault)).toEqual({ text: bytes, isWhole: true, left: 0 })
  })

  it.each(['rst-stream', 'goaway'] as const)('breaks the answer off: %s', async (fault) => {
    expect(await read(fault)).toEqual({ text: bytes.slice(0, half), isWhole: false, left: 0 })
  })

  it('ends the answer early by all rules', async () => {
    expect(await read('end-early')).toEqual({ text: bytes.slice(0, half), isWhole: true, left: 0 })
  })
})
