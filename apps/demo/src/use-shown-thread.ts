import { useState } from 'react'

const name = 'fluokit-demo:thread'

/**
 * The key of the conversation that is shown, undefined for the agent's current one. This tab remembers it over a reload, out of
 * its address: a key says nothing to anyone else.
 */
export function useShownThread(): readonly [string | undefined, (threadKey: string) => void] {
  const [shown, setShown] = useState(read)
  return [
    shown,
    (threadKey) => {
      setShown(threadKey)
      try {
        sessionStorage.setItem(name, threadKey)
      } catch {
        // A page that may store nothing begins with the current one.
      }
    },
  ]
}

function read(): string | undefined {
  try {
    return sessionStorage.getItem(name) ?? undefined
  } catch {
    return undefined
  }
}
