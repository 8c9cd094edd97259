import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Breakage, Framing, TransportFault } from './fault-proxy.ts'
import { cutBody, type BodyPiece } from './cut-body.ts'
import { createSocketWriter, type SocketWriter } from './socket-writer.ts'

/** Headers that say how an answer is framed: those are the proxy's own. */
const ownHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length'])

/** `drip` lets so many bytes through one by one. */
const dripLength = 100

/** Writes an answer to a socket in the framing asked for, until the fault ends it or it has ended. */
export async function breakAnswer(
  answer: IncomingMessage,
  socket: Socket,
  how: Breakage,
): Promise<void> {
  const { at, framing = 'chunked' } = how
  const body = framing === 'content-length' ? [Buffer.concat(await answer.toArray())] : answer
  const head = headOf(answer, framing, lengthOf(body, how))
  const out = createSocketWriter(socket)
  const headCut = typeof at === 'number' ? head.length : at.head
  await out.write(head.subarray(0, headCut))
  let isStruck = typeof at !== 'number'
  if (isStruck && !(await strike(out, socket, how))) return
  await out.write(head.subarray(headCut))
  for await (const piece of cutBody(body, how)) {
    const isSingle = how.fault === 'rechunk' && isStruck
    await (isSingle ? writeSingly(out, piece.bytes, framing) : writePiece(out, piece, framing))
    if (!piece.isPlace) continue
    isStruck = true
    if (!(await strike(out, socket, how))) return
  }
  if (framing === 'chunked') await out.write('0\r\n\r\n')
  if (how.fault === 'repeat') await repeat(out, how, head)
  out.end()
}

/** Does what the fault does; true when the answer goes on after it. */
async function strike(out: SocketWriter, socket: Socket, how: Breakage): Promise<boolean> {
  const { framing = 'chunked', pauseMs = 20 } = how
  const fault = possibleFault(how)
  if (fault === 'none' || fault === 'repeat') return true
  await (how.onStrike === undefined ? setTimeout(20) : how.onStrike())
  switch (fault) {
    case 'split':
      await setTimeout(pauseMs)
      return true
    case 'drip':
      out.slowDown(dripLength, () => setImmediate())
      return true
    case 'rechunk':
      return true
    case 'reset':
      socket.resetAndDestroy()
      return false
    case 'half-close':
      out.end()
      return false
    case 'stall':
      return false
    case 'end-early':
      if (framing === 'chunked') await out.write('0\r\n\r\n')
      out.end()
      return false
    case 'bad-chunk':
      await out.write('no size\r\n')
      return false
    case 'close':
    case 'cut-chunk':
      socket.destroySoon()
      return false
  }
}

/** Outside of a body, and a chunk's fault outside of chunks, the connection is closed instead. */
function possibleFault({ fault, at, framing = 'chunked' }: Breakage): TransportFault {
  const isInBody = typeof at === 'number'
  if (fault === 'bad-chunk' || fault === 'cut-chunk') {
    return isInBody && framing === 'chunked' ? fault : 'close'
  }
  return fault === 'end-early' && !isInBody ? 'close' : fault
}

function headOf(answer: IncomingMessage, framing: Framing, length: number): Buffer {
  const { statusCode = 200, statusMessage = '', rawHeaders } = answer
  const lines = [`HTTP/1.1 ${statusCode} ${statusMessage}`, 'connection: close']
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    if (!ownHeaders.has(name.toLowerCase())) lines.push(`${name}: ${rawHeaders[index + 1] ?? ''}`)
  }
  if (framing === 'chunked') lines.push('transfer-encoding: chunked')
  if (framing === 'content-length') lines.push(`content-length: ${length}`)
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
}

/** The length that the head promises: an early end by all rules promises no more than it brings. */
function lengthOf(body: readonly Buffer[] | IncomingMessage, { fault, at }: Breakage): number {
  if (!Array.isArray(body)) return 0
  const length = (body as readonly Buffer[]).reduce((sum, bytes) => sum + bytes.length, 0)
  return fault === 'end-early' && typeof at === 'number' ? Math.min(at, length) : length
}

async function writePiece(out: SocketWriter, piece: BodyPiece, framing: Framing): Promise<void> {
  const isChunked = framing === 'chunked'
  const opening = isChunked && piece.announced !== null ? `${piece.announced.toString(16)}\r\n` : ''
  const closing = isChunked && piece.endsChunk ? '\r\n' : ''
  await out.write(Buffer.concat([Buffer.from(opening), piece.bytes, Buffer.from(closing)]))
}

async function writeSingly(out: SocketWriter, bytes: Uint8Array, framing: Framing): Promise<void> {
  for (const byte of bytes) {
    const one = Buffer.of(byte)
    const parts =
      framing === 'chunked' ? [Buffer.from('1;why=not\r\n'), one, Buffer.from('\r\n')] : [one]
    await out.write(Buffer.concat(parts))
  }
}

/** The same answer again, which nobody asked for. */
async function repeat(out: SocketWriter, how: Breakage, head: Buffer): Promise<void> {
  await out.write(head)
  await how.onStrike?.()
}
