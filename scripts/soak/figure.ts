/** One line of the table that the soak prints. */
export interface Figure {
  readonly name: string
  readonly measured: string
  readonly limit: string
  readonly isRight: boolean
  /** What went wrong, where there is more to say than a number. */
  readonly problems?: readonly string[]
}

/** A figure that is right when there were no problems. */
export function none(name: string, what: string, problems: readonly string[]): Figure {
  const { length } = problems
  return {
    name,
    measured: `${what}, ${length} wrong`,
    limit: '0 wrong',
    isRight: length === 0,
    problems,
  }
}
