export { ComposerRoot as Root } from './root.tsx'
export { ComposerInput as Input } from './input.tsx'
export { ComposerSend as Send } from './send.tsx'
export { ComposerStop as Stop } from './stop.tsx'
