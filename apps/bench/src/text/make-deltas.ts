import { seededRandom } from './random.ts'

// Pieces as a tokeniser cuts them: four units each on average. The dash makes it two-byte text, as real answers are.
const pieces = (
  ' the| of| and| to| in| a| is| that| for| it| was| on| with| as| be| at| by| this| from| or| un| re| pre| over' +
  '| under| out| str| gr| cl| pl| sp| policy| covers| water| damage| claim| within| amount| person| 12| 48| 7| —' +
  '| insurance| household| whether| replaced| deductible| premium|ing|ed|er|ly|ment|tion|ness|able|est|al|ain' +
  '|ound|ight|ork|ell|ine|ake|ome|ure|,|.|;|(s)'
).split('|')

/** The deltas of an answer. The same seed gives the same ones; they never begin or end with white space. */
export function makeDeltas(
  count: number,
  { seed, hasLines }: { readonly seed: number; readonly hasLines: boolean },
): readonly string[] {
  const random = seededRandom(seed)
  const pick = (): string => pieces[Math.floor(random() * pieces.length)] ?? ''
  const lineLength = (): number => (random() < 0.2 ? 4 + random() * 10 : 60 + random() * 80)
  let left = lineLength()
  return Array.from({ length: count }, (_, index) => {
    left -= 1
    if (!hasLines || left > 0) return index === 0 || index === count - 1 ? 'Word' : pick()
    if (index === count - 1) return 'Word'
    left = lineLength()
    return random() < 0.6 ? '\n\n' : '\n'
  })
}
