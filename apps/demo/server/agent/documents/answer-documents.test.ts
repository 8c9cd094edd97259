import { describe, expect, it } from 'vitest'
import { askAgent, startAgent, textFile } from '../../__fixtures__/ask-agent.ts'
import { makePdf } from '../../__fixtures__/make-pdf.ts'
import { policyFile } from '../../__fixtures__/policies.ts'

const compare = 'Can you compare the two uploaded policies?'

describe('answerDocuments', () => {
  it('streams the comparison of two uploaded policies', async () => {
    const files = [policyFile('2025', 'pdf'), policyFile('2026', 'pdf')]

    const { events, calls, text } = await askAgent(await startAgent(), compare, { files })

    const kinds = events.map(({ type }) => type)
    expect(kinds.filter((type, at) => type !== kinds[at - 1])).toEqual([
      'run_start',
      'thinking_part',
      'tool_start',
      'tool_end',
      'tool_start',
      'tool_end',
      'tool_start',
      'tool_end',
      'message_delta',
      'message_final',
    ])
    expect(calls).toEqual([
      [
        'read_document',
        { name: 'travel-policy-2025.pdf', pages: 2, words: expect.any(Number) as number },
      ],
      [
        'read_document',
        { name: 'travel-policy-2026.pdf', pages: 2, words: expect.any(Number) as number },
      ],
      ['compare_documents', { changed: 6, added: 1, removed: 1, same: 3 }],
    ])
    expect(text).toContain(`
### Booking

It said: “Book travel through the booking portal, at least 14 days before departure.”  
It now says: “Book travel through the booking portal, at least 21 days before departure.”
`)
    expect(text).toContain(
      '\n### Client entertainment\n\nThis section is gone. It said: “You may invite',
    )
    expect(text).toContain('\n### Carbon budget\n\nA new section: “Each team has')
    expect(text.split('\n').at(-1)).toBe(
      'In short: 7 differences in 6 sections; “Carbon budget” is new; “Client entertainment” is gone.',
    )
  })

  it('compares from the older edition to the newer one, however they are given', async () => {
    const files = [policyFile('2026', 'md'), policyFile('2025', 'pdf')]

    const { text } = await askAgent(await startAgent(), compare, { files })

    expect(text).toContain('I compared travel-policy-2025.pdf with travel-policy-2026.md')
  })

  it('says that two files are equal', async () => {
    const files = [policyFile('2025', 'md'), policyFile('2025', 'pdf')]

    const { text, calls } = await askAgent(await startAgent(), compare, { files })

    expect(text).toContain('They are equal')
    expect(calls.at(-1)).toEqual([
      'compare_documents',
      { changed: 0, added: 0, removed: 0, same: 10 },
    ])
  })

  it('says what one file is, and compares it with the next', async () => {
    const standIn = await startAgent()

    const first = await askAgent(standIn, 'Look at this', { files: [policyFile('2025', 'pdf')] })
    const { threadRef } = first
    const again = await askAgent(standIn, 'Look at this', {
      files: [policyFile('2025', 'pdf')],
      threadRef,
    })
    const second = await askAgent(standIn, 'And this', {
      files: [policyFile('2026', 'md')],
      threadRef,
    })

    expect(first.text).toContain('“Travel and expenses policy”, and it has 2 pages and ')
    expect(first.text).toContain('Booking, Flights and trains')
    expect(first.text).toContain('Add a second document')
    expect(again.text).toBe(first.text)
    expect(second.text).toContain('In short: 7 differences')
  })

  it('compares the first two of three, and says so', async () => {
    const files = ['One.', 'Two.', 'Three.'].map((text) => textFile(`${text}md`, text))

    const { text } = await askAgent(await startAgent(), compare, { files })

    expect(text).toContain('I compare two at a time, the first two here, and leave out Three.md.')
    expect(text).toContain('It said: “One.”  \nIt now says: “Two.”')
  })

  it('says which files it cannot read, and goes on with the rest', async () => {
    const files = [
      {
        name: 'locked.pdf',
        mediaType: 'application/pdf',
        bytes: makePdf(['a'], { isLocked: true }),
      },
      textFile('one.md', 'One.'),
      textFile('photo.png', 'x', 'image/png'),
      textFile('two.md', 'Two.'),
    ]

    const { text, calls } = await askAgent(await startAgent(), compare, { files })

    expect(text).toContain('locked.pdf is locked with a password.')
    expect(text).toContain('photo.png is an image, and I read text only.')
    expect(text).toContain('I compared one.md with two.md')
    expect(calls.map(([, result]) => typeof result)).toEqual([
      'string',
      'object',
      'object',
      'string',
      'object',
    ])
  })

  it('has nothing to compare where no file can be read', async () => {
    const files = [textFile('photo.png', 'x', 'image/png')]

    const { text } = await askAgent(await startAgent(), compare, { files })

    expect(text).toContain('So I have nothing to compare.')
  })

  it('finds the files of the thread again', async () => {
    const standIn = await startAgent()
    const files = [policyFile('2025', 'pdf'), policyFile('2026', 'pdf')]
    const { threadRef, text } = await askAgent(standIn, compare, { files })
    standIn.storage.expireUrls()

    const again = await askAgent(standIn, 'Compare them again', { threadRef })
    const stricter = await askAgent(standIn, 'And which one is stricter about remote work?', {
      threadRef,
    })
    const hotels = await askAgent(standIn, 'What about the hotels?', { threadRef })
    const weather = await askAgent(standIn, 'How is the weather?', { threadRef })
    const sum = await askAgent(standIn, 'What is 6 * 7?', { threadRef })

    expect(again.text).toBe(text)
    expect(stricter.text).toContain(
      'travel-policy-2025.pdf, under “Remote work”: “You may add up to ten',
    )
    expect(stricter.text).toContain(
      'travel-policy-2026.pdf, under “Remote work”: “You may add up to five',
    )
    expect(stricter.text).toContain('for you to judge')
    expect(hotels.text).toContain('of up to 155 euros a night')
    expect(weather.text).toContain('They speak of Purpose and scope, Booking,')
    expect(sum.text).toContain('42')
  })

  it('says of a long document that it read the beginning only', async () => {
    const files = [
      textFile('long.md', 'Be kind. '.repeat(30_000)),
      textFile('short.md', 'Be kind.'),
    ]

    const { text } = await askAgent(await startAgent(), compare, { files })

    expect(text).toContain('long.md is long: I read the beginning only.')
  })
})
