import { useSyncExternalStore } from 'react'

const query = matchMedia('(min-width: 56rem)')

/** Whether there is room for the rail beside the conversation. Re-renders when that changes. */
export function useIsWide(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      query.addEventListener('change', onChange)
      return () => query.removeEventListener('change', onChange)
    },
    () => query.matches,
  )
}
