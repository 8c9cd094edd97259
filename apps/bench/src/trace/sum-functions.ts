/** What `Profiler.stop` gives, as far as it is read. Time deltas are microseconds. */
export interface Profile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: {
      readonly functionName: string
      readonly url: string
      readonly lineNumber: number
    }
  }[]
  readonly samples?: readonly number[]
  readonly timeDeltas?: readonly number[]
}

/** The time of each function without what it called, the largest first. */
export function sumFunctions({ nodes, samples = [], timeDeltas = [] }: Profile): readonly string[] {
  const names = new Map(
    nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => {
      const file = url === '' ? '' : ` ${url.split('/').at(-1)}:${lineNumber + 1}`
      return [id, `${functionName || '(anonymous)'}${file}`]
    }),
  )
  const sums = new Map<string, number>()
  for (const [index, id] of samples.entries()) {
    const name = names.get(id) ?? ''
    sums.set(name, (sums.get(name) ?? 0) + (timeDeltas[index + 1] ?? 0))
  }
  return [...sums]
    .filter(([name]) => name !== '(idle)')
    .sort(([, one], [, other]) => other - one)
    .map(([name, time]) => `${(time / 1_000).toFixed(1).padStart(8)}  ${name}`)
}
