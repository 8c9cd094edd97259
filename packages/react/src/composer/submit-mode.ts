/**
 * Which key sends. `enter`: Enter, also with Control or Command; Shift+Enter begins a line. `shift-enter` and
 * `mod-enter` (Control or Command): a bare Enter begins a line. `none`: only the button sends.
 */
export type SubmitMode = 'enter' | 'shift-enter' | 'mod-enter' | 'none'

/** What is held down together with Enter. */
export interface Modifiers {
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** Whether Enter sends in this mode with what is held down. Alt sends in none: it begins a line on a Mac. */
export function isSendingEnter(mode: SubmitMode, keys: Modifiers): boolean {
  if (keys.altKey) return false
  const hasMod = keys.ctrlKey || keys.metaKey
  switch (mode) {
    case 'enter':
      return !keys.shiftKey
    case 'shift-enter':
      return keys.shiftKey && !hasMod
    case 'mod-enter':
      return hasMod && !keys.shiftKey
    default:
      return false
  }
}
