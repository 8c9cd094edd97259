/** Begins to speak, and gives the end of it. */
export type Speak = () => () => void

interface Voice {
  readonly waiting: Set<Speak>
  speaker: Speak | null
  fallSilent: () => void
}

const voices = new WeakMap<object, Voice>()

/**
 * Lets one at a time speak of something: who claims it first, then who has waited longest. Returns what gives it up;
 * `speak` is the claim, so give each claim a function of its own.
 */
export function claimVoice(subject: object, speak: Speak): () => void {
  const voice = voices.get(subject) ?? { waiting: new Set(), speaker: null, fallSilent() {} }
  voices.set(subject, voice)
  voice.waiting.add(speak)
  handOn(voice)
  return () => {
    voice.waiting.delete(speak)
    if (voice.speaker !== speak) return
    voice.fallSilent()
    voice.speaker = null
    handOn(voice)
  }
}

function handOn(voice: Voice): void {
  const [first] = voice.waiting
  if (voice.speaker !== null || first === undefined) return
  voice.speaker = first
  voice.fallSilent = first()
}
