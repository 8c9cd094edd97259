/** Reads `data: {"text": …}` events, as a loop that is written by hand does. */
export async function readDeltas(query: string, take: (text: string) => void): Promise<void> {
  const response = await fetch(`/api/plain/${window.bench.token}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  if (response.body === null) return
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const events = (rest + value).split('\n\n')
    rest = events.pop() ?? ''
    for (const event of events) {
      const data = event.slice('data: '.length)
      if (data === '[DONE]') return
      take((JSON.parse(data) as { readonly text: string }).text)
    }
  }
}
