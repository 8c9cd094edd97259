/** Lets the bench ask through a page. Called while rendering: an effect for each commit would be counted. */
export function offerSend(send: (query: string) => unknown): void {
  window.bench.send = (query) => void send(query)
}
