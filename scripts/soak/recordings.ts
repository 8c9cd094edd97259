/** What one message of a recorded run puts on the page, or says of the run. */
export interface RecordedFrame {
  readonly bytes: string
  readonly says?: string
  readonly thinks?: string
  readonly call?: 'start' | 'end'
  readonly threadRef?: string
  readonly isFinal?: true
}

/** A run as it came over the line, and through which transport it is read. */
export interface Recording {
  readonly name: string
  readonly through: 'fluo' | 'relay'
  readonly frames: readonly RecordedFrame[]
}

const crlf = (bytes: string): string => bytes.replaceAll('\n', '\r\n')

const fluoText: Recording = {
  name: 'text of several bytes a letter, with CRLF',
  through: 'fluo',
  frames: [
    { bytes: crlf('event: run_start\ndata: {"thread_id":"t1"}\n\n'), threadRef: 't1' },
    { bytes: crlf('event: message_delta\ndata: {"delta":"Grüße, "}\n\n'), says: 'Grüße, ' },
    { bytes: crlf('event: message_delta\ndata: {"delta":"世界 👋\\n"}\n\n'), says: '世界 👋\n' },
    { bytes: crlf('event: message_final\ndata: {"text":"Grüße, 世界 👋"}\n\n'), isFinal: true },
  ],
}

const fluoTool: Recording = {
  name: 'thinking and a tool',
  through: 'fluo',
  frames: [
    { bytes: 'event: thinking_part\ndata: {"text":"Hm…"}\n\n', thinks: 'Hm…' },
    { bytes: 'event: tool_start\ndata: {"id":"c","name":"sum"}\n\n', call: 'start' },
    { bytes: 'event: tool_end\ndata: {"id":"c","output":4}\n\n', call: 'end' },
    {
      bytes: 'event: message_final\ndata: {"text":"It is 4.","thread_id":"t2"}\n\n',
      says: 'It is 4.',
      threadRef: 't2',
      isFinal: true,
    },
  ],
}

const fluoFinal: Recording = {
  name: 'a final only, after a comment',
  through: 'fluo',
  frames: [
    {
      bytes: ': keep-alive\n\nid: 1\nevent: run_start\ndata: {"thread_id":"t3"}\n\n',
      threadRef: 't3',
    },
    {
      bytes:
        'id: 2\nevent: message_final\ndata: {"text":\ndata: "A whole answer\\nat once, in\\ntwo data lines — and one event."}\n\n',
      says: 'A whole answer\nat once, in\ntwo data lines — and one event.',
      isFinal: true,
    },
  ],
}

const relayTool: Recording = {
  name: 'thinking and a tool from the relay',
  through: 'relay',
  frames: [
    { bytes: ': hello\n\nid: 1\ndata: {"type":"thinking_part","text":"Hm…"}\n\n', thinks: 'Hm…' },
    { bytes: 'id: 2\ndata: {"type":"tool_start","callId":"c","name":"sum"}\n\n', call: 'start' },
    { bytes: 'id: 3\ndata: {"type":"tool_end","callId":"c","output":4}\n\n', call: 'end' },
    {
      bytes: 'id: 4\ndata: {"type":"message_final","text":"It is 4.","threadRef":"1.a.x"}\n\n',
      says: 'It is 4.',
      threadRef: '1.a.x',
      isFinal: true,
    },
  ],
}

export const recordings: readonly Recording[] = [fluoText, fluoTool, fluoFinal, relayTool]

/** Everything that came over the line. */
export function bytesOf({ frames }: Recording): Uint8Array {
  return new TextEncoder().encode(frames.map(({ bytes }) => bytes).join(''))
}
