import type { TurnInput } from '../wire/run-request.ts'

const lists = ['documents', 'images', 'audios'] as const

/** Two inputs as one: the texts one under the other, the files of both, each once. */
export function joinInputs(above: TurnInput | null, below: TurnInput | null): TurnInput | null {
  if (above === null || below === null) return above ?? below
  const query =
    above.query === '' || below.query === ''
      ? above.query + below.query
      : `${above.query}\n${below.query}`
  const files: { [List in (typeof lists)[number]]?: Files } = {}
  for (const list of lists) {
    const both = [...(above[list] ?? []), ...(below[list] ?? [])]
    if (both.length > 0) files[list] = both.filter((file, place) => isFirst(both, file, place))
  }
  return { ...above, ...below, query, ...files }
}

type Files = NonNullable<TurnInput['images']>

function isFirst(files: Files, file: Files[number], place: number): boolean {
  return files.findIndex((other) => refOf(other) === refOf(file)) === place
}

function refOf(file: Files[number]): string {
  return typeof file === 'string' ? file : file.ref
}
