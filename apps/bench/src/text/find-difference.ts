/** Where two texts differ first, with what stands there in each; null where they are the same to the character. */
export function findDifference(shown: string, sent: string): string | null {
  if (shown === sent) return null
  let at = 0
  while (at < shown.length && at < sent.length && shown[at] === sent[at]) at += 1
  const around = (text: string): string => JSON.stringify(text.slice(at, at + 12))
  return `at ${at} of ${sent.length} it shows ${around(shown)} for ${around(sent)}, ${shown.length} in all`
}
