import { Refusal } from '../answer/refusal.ts'
import type { RelayLimits } from '../options/relay-limits.ts'
import type { Patience } from '../upstream/create-patience.ts'

export interface CountedBytes {
  readonly stream: ReadableStream<Uint8Array>
  /** Whether it is the browser that is waited for, and not the storage. */
  readonly isWaiting: boolean
  /** All bytes have come. */
  readonly isWhole: boolean
  readonly fault: Refusal | null
  leave(): void
}

export interface CountOptions {
  readonly limits: Pick<RelayLimits, 'blockedMs' | 'firstByteMs'>
  /** Told whom one waits for, and how long: for the browser, for the storage, or in the end for its answer. */
  readonly patience: Patience
}

/** The bytes as they come, one piece for each that is taken; errors unless exactly `size` of them come. */
export function countBytes(
  body: ReadableStream<Uint8Array> | null,
  size: number,
  { limits, patience }: CountOptions,
): CountedBytes {
  const reader = (body ?? new Blob([]).stream()).getReader()
  let count = 0
  let isWaiting = false
  let fault: Refusal | null = null
  let isLeft = false

  async function read(): Promise<Uint8Array | null> {
    isWaiting = true
    patience.listen(limits.blockedMs)
    const { done, value } = await reader.read().catch(() => {
      throw brokeOff('The body broke off.')
    })
    isWaiting = false
    patience.listen(done ? limits.firstByteMs : limits.blockedMs)
    count += value?.byteLength ?? 0
    if (count > size) {
      throw new Refusal(413, 'too-large', { detail: 'The body is over its content-length.' })
    }
    if (done && count < size) throw brokeOff('The body ended before its content-length.')
    return value ?? null
  }

  function leave(): void {
    isLeft = true
    void reader.cancel().catch(() => undefined)
  }

  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const piece = await read()
          if (isLeft) return
          if (piece === null) controller.close()
          else controller.enqueue(piece)
        } catch (thrown) {
          if (isLeft) return
          fault = thrown instanceof Refusal ? thrown : brokeOff('The body broke off.')
          controller.error(fault)
        }
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  )
  return {
    stream,
    get isWaiting() {
      return isWaiting
    },
    get isWhole() {
      return count === size
    },
    get fault() {
      return fault
    },
    leave,
  }
}

/** The bytes did not all come: the browser has left, or is too slow. */
export function brokeOff(detail: string): Refusal {
  return new Refusal(400, 'invalid', { detail })
}
