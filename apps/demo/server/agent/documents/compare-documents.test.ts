import { describe, expect, it } from 'vitest'
import { textFile, type TestFile } from '../../__fixtures__/ask-agent.ts'
import { policyFile } from '../../__fixtures__/policies.ts'
import { compareDocuments, type SectionChange } from './compare-documents.ts'
import type { Document } from './document.ts'
import { readDocument } from './read-document.ts'

function open({ bytes, ...file }: TestFile): Promise<Document> {
  const signal = new AbortController().signal
  return readDocument({ ...file, kind: 'document', read: () => Promise.resolve(bytes) }, signal)
}

async function changesOf(before: TestFile, after: TestFile): Promise<readonly SectionChange[]> {
  const sections = compareDocuments(await open(before), await open(after))
  return sections.filter(({ kind }) => kind !== 'same')
}

describe('compareDocuments', () => {
  it.each([
    ['pdf', 'pdf'],
    ['md', 'md'],
    ['pdf', 'md'],
    ['md', 'pdf'],
  ] as const)('finds what we changed in the policies, from %s to %s', async (before, after) => {
    const changes = await changesOf(policyFile('2025', before), policyFile('2026', after))

    expect(changes).toEqual([
      changed(null, [
        'Edition 2025, in force from 1 January 2025.',
        'Edition 2026, in force from 1 January 2026.',
      ]),
      changed('Booking', [
        'Book travel through the booking portal, at least 14 days before departure.',
        'Book travel through the booking portal, at least 21 days before departure.',
      ]),
      changed('Flights and trains', [
        'We encourage you to take the train wherever it is practical.',
        'Take the train for every journey that it makes in five hours or less.',
      ]),
      changed('Hotels', [
        'The company pays for a standard room in a hotel of up to 140 euros a night, breakfast included.',
        'The company pays for a standard room in a hotel of up to 155 euros a night, breakfast included.',
      ]),
      {
        kind: 'removed',
        heading: 'Client entertainment',
        oldHeading: null,
        differences: [
          { was: expect.stringContaining('up to 75 euros a person') as string, now: null },
        ],
      },
      changed('Remote work', [
        'You may add up to ten days of remote work to a business trip, as long as your calendar shows where you are.',
        'You may add up to five days of remote work to a business trip, once your team lead has agreed to it in writing.',
      ]),
      changed(
        'Claims and receipts',
        [
          'Hand in your claim within 30 days of your return.',
          'Hand in your claim within 14 days of your return.',
        ],
        [
          'Receipts are required for every single expense above 25 euros.',
          'Every expense needs a receipt, whatever its amount; a photograph is enough.',
        ],
      ),
      {
        kind: 'added',
        heading: 'Carbon budget',
        oldHeading: null,
        differences: [{ was: null, now: expect.stringContaining('80 euros a tonne') as string }],
      },
    ])
  })

  it.each(['2025', '2026'] as const)(
    'finds nothing between the PDF and the Markdown of %s',
    async (edition) => {
      expect(await changesOf(policyFile(edition, 'pdf'), policyFile(edition, 'md'))).toEqual([])
      expect(await changesOf(policyFile(edition, 'md'), policyFile(edition, 'pdf'))).toEqual([])
    },
  )

  it('finds nothing where only the writing differs', async () => {
    const markdown = textFile(
      'a.md',
      '# Leave\n\nYou have *thirty* days off\u00AD.\n\n## Long-term care\n\n- ask “early”;\n- tell [us](https://example.com).\n\n| who | days |\n| --- | --- |\n| all | 10 - 15 |',
    )
    const plain = textFile(
      'b.txt',
      'Leave\n\nYou have thirty days\r\noff.\r\n\r\nLong-term care\n\n• Ask "early";\n• tell us.\n\nwho days\nall 10–15',
      'text/plain',
    )

    expect(await changesOf(markdown, plain)).toEqual([])
  })

  it.each([
    ['a sign', 'It may be -5 degrees.', 'It may be 5 degrees.'],
    ['a point', 'It costs 1.50 euros.', 'It costs 150 euros.'],
    ['a range', 'It takes 10-15 days.', 'It takes 1015 days.'],
    ['a currency', 'It costs €20.', 'It costs £20.'],
    ['the title', '# 2025\n\nBe kind.', '# 2026\n\nBe kind.'],
  ])('finds %s', async (_name, before, after) => {
    const changes = await changesOf(textFile('a.md', before), textFile('b.md', after))

    expect(changes).toMatchObject([{ differences: [{}] }])
  })

  it('takes a section for the same that was moved, numbered or given another name', async () => {
    const before = '## 1. Rooms\n\nLock them.\n\n## Keys\n\nNever lend a key to anybody.'
    const after = '## 2. Borrowing\n\nNever lend a key to anybody.\n\n## 3. Rooms\n\nLock them.'

    expect(await changesOf(textFile('a.md', before), textFile('b.md', after))).toEqual([
      { kind: 'changed', heading: '2. Borrowing', oldHeading: 'Keys', differences: [] },
    ])
  })

  it('compares a text without headings with one that has some', async () => {
    const before = '# Rooms\n\n## Keys\n\nNever lend a key. Lock up.'
    const after = 'Rooms\n\nKeys\nNever lend a key. Do lock up.'

    expect(
      await changesOf(textFile('a.md', before), textFile('b.txt', after, 'text/plain')),
    ).toEqual([changed(null, ['Lock up.', 'Do lock up.'])])
  })
})

function changed(
  heading: string | null,
  ...pairs: readonly (readonly [was: string, now: string])[]
): SectionChange {
  const differences = pairs.map(([was, now]) => ({ was, now }))
  return { kind: 'changed', heading, oldHeading: null, differences }
}
