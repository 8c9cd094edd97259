/** Bodies of refusals are read up to this many characters; the rest says nothing new. */
const longest = 64 * 1024

/** The beginning of a refusal's body as text. Never throws: a refusal whose body breaks off is still a refusal. */
export async function readRefusal(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  const reader = response.body?.getReader()
  let text = ''
  try {
    while (reader !== undefined && text.length < longest) {
      const { done, value } = await reader.read()
      if (done) break
      text += decoder.decode(value, { stream: true })
    }
  } catch {
    // Its status says most of it.
  }
  void reader?.cancel().catch(() => undefined)
  return text
}
