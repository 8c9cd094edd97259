import type { FluoEvent } from '@fluokit/core'
import { defineScript, type Step } from '@fluokit/testing'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { formOf, loadExport, playScript } from '../../test/played-export.ts'

afterEach(() => vi.restoreAllMocks())

describe('an exported run', () => {
  it('has the form of any run and no word of it (T09)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step(), { maxLength: 14 }), async (steps) => {
        const script = defineScript('random', steps)
        const { run, exported } = await playScript(script)
        const again = await playScript(await loadExport(exported))

        expect(formOf(again.run)).toEqual(formOf(run))
        const told = `${exported.source}${exported.json}`
        for (const secret of secretsIn(steps)) expect(told).not.toContain(secret)
      }),
      { numRuns: 300 },
    )
  }, 60_000)
})

const word = fc.constantFrom(
  'Jonas',
  'wohnt',
  'Zürich',
  'geheim',
  'ПАРОЛЬ',
  'ключ',
  'пароль',
  '東京都庁',
  'سرية',
  'diagnosis',
  'Secret',
  'mañana',
  '👩‍⚕️doctor',
)
const gap = fc.constantFrom(' ', '\n', '\n\n', ', ', '. ', ':\n- ', ' 17 ')
const text = fc
  .array(fc.tuple(word, gap), { minLength: 1, maxLength: 4 })
  .map((pairs) => pairs.flat().join(''))
const data = fc.oneof(
  fc.dictionary(
    word,
    fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text, { maxLength: 2 })),
    {
      minKeys: 1,
      maxKeys: 3,
    },
  ),
  fc.record({ nested: fc.record({ value: text }) }),
)
const callId = fc.constantFrom('geheim-1', 'geheim-2')

function step(): fc.Arbitrary<Step> {
  const event = (arbitrary: fc.Arbitrary<FluoEvent>) => arbitrary.map((made) => ({ event: made }))
  return fc.oneof(
    { weight: 6, arbitrary: event(text.map((said) => ({ type: 'message_delta', text: said }))) },
    { weight: 2, arbitrary: event(text.map((said) => ({ type: 'thinking_part', text: said }))) },
    { weight: 2, arbitrary: event(text.map((said) => ({ type: 'message_final', text: said }))) },
    event(
      fc.record({
        type: fc.constant('tool_start'),
        callId,
        name: fc.constant('look_up'),
        input: data,
      }),
    ),
    event(
      fc.record({
        type: fc.constant('tool_end'),
        callId,
        name: fc.constant('look_up'),
        output: data,
      }),
    ),
    event(fc.record({ type: fc.constant('tool_end'), callId, error: text })),
    event(
      fc.record({
        type: fc.constant('unknown'),
        event: fc.constant('usage'),
        raw: fc.oneof(
          data.map((value) => JSON.stringify(value)),
          text,
        ),
      }),
    ),
    event(
      text.map((detail) => ({ type: 'error', error: { code: 'upstream', status: 502, detail } })),
    ),
  )
}

/** Every word of more than two letters that stands anywhere in these steps. */
function secretsIn(steps: readonly Step[]): readonly string[] {
  const all = JSON.stringify(steps)
  return [
    'Jonas',
    'wohnt',
    'Zürich',
    'geheim',
    'ПАРОЛЬ',
    'ключ',
    'пароль',
    '東京',
    'سرية',
    'diagnosis',
    'Secret',
    'mañana',
    'doctor',
    '👩',
    'nested',
  ].filter((secret) => all.includes(secret))
}
