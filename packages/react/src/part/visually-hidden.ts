import type { CSSProperties } from 'react'

/** The inline style of an element that is there for screen readers only: in the page and in its flow of reading, but not seen. */
export const visuallyHidden: CSSProperties = {
  position: 'absolute',
  width: 1,
  height: 1,
  margin: -1, // at the end of a full page it would make the page scroll
  padding: 0,
  border: 0,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
}
