const schemes: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:'])

/**
 * The address as a link may carry it, or null: only whole `http`, `https` and `mailto` addresses, without a name or a
 * password before the host, which make one host look like another. Read by the browser's own rules, so
 * that no space, control character or spelling makes of it anything else than what was looked at.
 */
export function safeUrl(address: string): string | null {
  // Relative addresses cannot be read without a page to start from, which is what makes them null.
  if (!URL.canParse(address)) return null
  const { protocol, username, password, href } = new URL(address)
  return schemes.has(protocol) && username === '' && password === '' ? href : null
}
