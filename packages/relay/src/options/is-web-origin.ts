/** Whether a text is the origin of web pages, written exactly as browsers write it: `https://app.example.com`. */
export function isWebOrigin(text: unknown): boolean {
  if (typeof text !== 'string' || !/^https?:\/\/[^*]+$/.test(text) || !URL.canParse(text)) {
    return false
  }
  return new URL(text).origin === text
}
