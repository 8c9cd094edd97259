'use client'
import { useCallback, useState, useSyncExternalStore } from 'react'

interface ObjectUrl {
  /** Makes a URL of the bytes until the returned function revokes it. */
  readonly make: (blob: Blob) => () => void
  readonly of: (blob: Blob | null) => string | null
}

/** A URL at which the page itself can show these bytes; null until there is one. It is revoked with the part that shows it. */
export function useObjectUrl(blob: Blob | null): string | null {
  const [objectUrl] = useState(createObjectUrl)
  const subscribe = useCallback(
    (onChange: () => void) => {
      if (blob === null) return () => undefined
      const revoke = objectUrl.make(blob)
      onChange()
      return revoke
    },
    [blob, objectUrl],
  )
  return useSyncExternalStore(subscribe, () => objectUrl.of(blob), noUrl)
}

function noUrl(): null {
  return null
}

function createObjectUrl(): ObjectUrl {
  let made: { readonly blob: Blob; readonly url: string } | null = null
  return {
    make(blob) {
      const url = URL.createObjectURL(blob)
      made = { blob, url }
      return () => {
        URL.revokeObjectURL(url)
        if (made?.url === url) made = null
      }
    },
    of: (blob) => (made !== null && made.blob === blob ? made.url : null),
  }
}
