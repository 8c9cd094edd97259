import { act, cleanup, render } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { clientOf } from '../test/chat.tsx'
import { handDriven } from '../test/hand-driven.ts'
import { ChatThread, FluoProvider } from './index.ts'

const agent = { agentId: 'agent' }

/** One word as the question, the name of a file and every text that an agent sends. */
async function chatWith(word: string): Promise<void> {
  const hand = handDriven()
  const client = clientOf(hand)
  render(
    <FluoProvider client={client}>
      <ChatThread.Default {...agent} />
    </FluoProvider>,
  )
  const file = { name: word, mediaType: word, size: 1, ref: word }
  act(() => void client.thread(agent).send({ query: word, documents: [file] }))
  await hand
    .newest()
    .emit(
      { type: 'thinking_part', text: word },
      { type: 'tool_start', callId: 'a', name: word, input: { [word]: word } },
      { type: 'tool_end', callId: 'a', output: [word] },
      { type: 'tool_start', callId: 'b', name: word, input: word },
      { type: 'tool_end', callId: 'b', error: word },
      { type: 'unknown', event: word, raw: word },
      { type: 'message_delta', text: word, messageId: word },
    )
  await hand.newest().fail({ code: 'upstream', detail: word, type: word })
}

/** Each element of the page with the names of its attributes: what a browser acts on, without its words. */
function structure(): readonly string[] {
  return [...document.body.querySelectorAll('*')].map(
    ({ localName, attributes }) =>
      `${localName} ${[...attributes].map(({ name }) => name).join(' ')}`,
  )
}

const payloads = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  `' onmouseover='alert(1)`,
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '![x](https://evil.example/x.png)',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<style>*{background:url(https://evil.example)}</style>',
  '<base href="https://evil.example/">',
  '<meta http-equiv=refresh content="0;url=https://evil.example">',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '</textarea><script>alert(1)</script>',
  '{{constructor.constructor("alert(1)")()}}',
  'https://evil.example/?q=1',
]

describe('ChatThread.Default', () => {
  it.each(payloads)(
    'shows %s as the words that they are, wherever they stand (T26) (T27) (T28)',
    async (payload) => {
      await chatWith('harmless')
      const harmless = structure()
      cleanup()

      await chatWith(payload)

      expect(structure()).toEqual(harmless)
      expect(harmless.length).toBeGreaterThan(30)
      const words = document.body.textContent.split(payload).length - 1
      // The question, the file, the thinking, two tools' names, the unknown event's name and text, the answer.
      expect(words).toBeGreaterThanOrEqual(8)
    },
  )
})
