'use client'
import { useLayoutEffect, type RefObject } from 'react'
import { styles } from './styles.ts'

const users = new WeakMap<Document | ShadowRoot, { readonly sheet: CSSStyleSheet; count: number }>()

/**
 * The style sheet of the devtools, in the document or the shadow root in which they are, for as long as they are there. It is
 * constructed, so it needs no inline style: `style-src 'self'` lets it through.
 */
export function useStyles(ref: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const root = ref.current?.getRootNode()
    if (root === undefined || !('adoptedStyleSheets' in root)) return
    return adopt(root as Document | ShadowRoot)
  }, [ref])
}

function adopt(root: Document | ShadowRoot): () => void {
  const user = users.get(root) ?? { sheet: sheetFor(root), count: 0 }
  users.set(root, user)
  user.count += 1
  if (user.count === 1) root.adoptedStyleSheets = [...root.adoptedStyleSheets, user.sheet]
  return () => {
    user.count -= 1
    if (user.count > 0) return
    users.delete(root)
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== user.sheet)
  }
}

/** A sheet belongs to the window that made it. */
function sheetFor(root: Document | ShadowRoot): CSSStyleSheet {
  const view = (root.ownerDocument ?? (root as Document)).defaultView ?? globalThis
  const sheet = new view.CSSStyleSheet()
  sheet.replaceSync(styles)
  return sheet
}
