/** Bytes as a body that is filled only as fast as it is read, and that ends its source when it is left. */
export function streamOf(
  source: AsyncGenerator<Uint8Array<ArrayBuffer>>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await source.next()
        if (done === true) controller.close()
        else controller.enqueue(value)
      },
      cancel() {
        // Not awaited: a source that is in the middle of a wait ends by its own signal.
        void source.return(undefined).catch(() => undefined)
      },
    },
    { highWaterMark: 0 },
  )
}
