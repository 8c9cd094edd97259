/** A short welcome. */
export const greeting = 'Hello! I am a scripted agent. Ask me anything and I will say this again.'

/** Several paragraphs, a list and a heading. */
export const longAnswer: string = [
  '## Comparing the two policies',
  'Both policies cover water damage, but they do not mean the same thing by it. The first one pays for pipes that burst and for what the water ruins; the second one pays for the repair of the pipe only, and leaves the floor below to you.',
  'There are three differences that matter in practice:',
  [
    '- **Deductible.** The first policy asks for 300 a case, the second for 150 a year.',
    '- **Notice.** The first has to be told within three days, the second within a week.',
    '- **Exclusions.** The second one excludes flats that stand empty for more than sixty days.',
  ].join('\n'),
  'If the flat is lived in all year, the first policy is the safer one: it costs a little more each month and asks less of you when something happens. If you travel for long stretches, neither policy is enough by itself, and it is worth asking for the exclusion to be struck.',
  'I have not looked at the price lists, because they were not among the documents. Send them and I will compare the yearly cost as well.',
].join('\n\n')

/** A sentence, a block of code with blank lines and indentation, and a sentence. */
export const codeAnswer: string = [
  'Here is a function that does it:',
  [
    '```ts',
    'export function debounce(run: () => void, waitMs: number): () => void {',
    '  let timer: ReturnType<typeof setTimeout> | undefined',
    '',
    '  return () => {',
    '    clearTimeout(timer)',
    '    timer = setTimeout(run, waitMs)',
    '  }',
    '}',
    '```',
  ].join('\n'),
  'It runs once, `waitMs` after the last call.',
].join('\n\n')
