interface PageEvents {
  addEventListener?(type: string, listener: (event: { readonly persisted?: boolean }) => void): void
  removeEventListener?(
    type: string,
    listener: (event: { readonly persisted?: boolean }) => void,
  ): void
}

/**
 * Calls `onHide` when the page is put away, and what that returns if the page is brought back as it was. Where there
 * is no page (a worker, a server) nothing is ever called. Returns how to stop watching.
 */
export function watchPage(onHide: () => () => void): () => void {
  const page = globalThis as PageEvents
  let onShow: (() => void) | null = null
  const hide = (): void => {
    onShow ??= onHide()
  }
  const show = (): void => {
    const comeBack = onShow
    onShow = null
    comeBack?.()
  }
  page.addEventListener?.('pagehide', hide)
  page.addEventListener?.('pageshow', show)
  return () => {
    page.removeEventListener?.('pagehide', hide)
    page.removeEventListener?.('pageshow', show)
  }
}
