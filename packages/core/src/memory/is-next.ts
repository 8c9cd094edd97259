/** Whether what begins behind `after` goes on where a journal ends, or begins the run anew; it does where nobody knows. */
export function isNext(end: string | null | undefined, after: string | null | undefined): boolean {
  return after === undefined || after === null || end === undefined || after === end
}
