import { describe, expect, it } from 'vitest'
import type { SectionChange } from './compare-documents.ts'
import { tellComparison } from './tell-comparison.ts'

const files = { from: 'a.md', to: 'b.md' }
const section = (change: Partial<SectionChange>): SectionChange => ({
  kind: 'changed',
  heading: 'Rooms',
  oldHeading: null,
  differences: [],
  ...change,
})

describe('tellComparison', () => {
  it('tells section by section what it said and what it says now', () => {
    const differences = [
      { was: 'Lock up at ten.', now: 'Lock up at nine.' },
      { was: null, now: 'Close the windows.' },
      { was: 'Whistle.', now: null },
    ]

    const text = tellComparison(
      [section({ differences }), section({ kind: 'same', heading: 'Keys' })],
      files,
    )

    expect(text).toBe(`I compared a.md with b.md, section by section. This is what differs.

### Rooms

It said: “Lock up at ten.”  
It now says: “Lock up at nine.”

New: “Close the windows.”

Gone: “Whistle.”

Nothing changed in Keys.

In short: 3 differences in 1 section.`)
  })

  it('quotes what Markdown would read as its own as it stands', () => {
    const was = 'Pay *at once*, see [1] and `a_b` or _this_'
    const text = tellComparison([section({ differences: [{ was, now: 'Pay <b>' }] })], files)

    expect(text).toContain('It said: “Pay \\*at once\\*, see \\[1\\] and \\`a_b\\` or \\_this\\_”')
    expect(text).toContain('“Pay \\<b>”')
  })

  it('tells of sections that have another name, or no text', () => {
    const text = tellComparison(
      [
        section({ oldHeading: 'Chambers' }),
        section({ kind: 'added', heading: 'Keys', differences: [{ was: null, now: '' }] }),
      ],
      files,
    )

    expect(text).toContain('### Rooms\n\nThis section was called “Chambers”.\n\n')
    expect(text).toContain('### Keys\n\nA new section, with nothing in it.')
    expect(text).toMatch(/In short: “Rooms” is renamed; “Keys” is new\.$/)
  })

  it('quotes no more than a person would read, and counts the rest', () => {
    const differences = Array.from({ length: 100 }, (_, at) => ({
      was: `${at} ${'long '.repeat(200)}`,
      now: null,
    }))
    const removed = Array.from({ length: 100 }, (_, at) =>
      section({ kind: 'removed', heading: `Part ${at}`, differences: differences.slice(0, 1) }),
    )

    const text = tellComparison([section({ differences }), ...removed], files)

    expect(text.length).toBeLessThan(13_000)
    expect(text).toContain('I do not quote 176 more differences')
    expect(text).toContain('The two have little in common.')
    expect(text).toContain('“Part 11” and 88 more are gone.')
  })
})
