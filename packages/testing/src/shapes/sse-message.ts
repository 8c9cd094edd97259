/** One message of an event stream. Data of several lines becomes several `data:` lines, as the standard wants it. */
export function sseMessage(
  data: string,
  { event, lineEnd = '\n' }: { readonly event?: string; readonly lineEnd?: string } = {},
): string {
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}`)
  return [...(event === undefined ? [] : [`event: ${event}`]), ...lines, '', ''].join(lineEnd)
}
