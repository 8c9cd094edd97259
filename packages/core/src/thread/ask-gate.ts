/** Lets the threads of one client ask by themselves one at a time. */
export interface AskGate {
  /** Asks as soon as nobody else does. The function that comes back leaves the gate, or the line before it. */
  enter(ask: () => void): () => void
  /** Lets nobody in any more. */
  close(): void
}

/** A gate that is open, with nobody in line. */
export function createAskGate(): AskGate {
  let isClosed = false
  const line: { readonly ask: () => void }[] = [] // the first is asking
  return {
    enter(ask) {
      const place = { ask }
      line.push(place)
      if (line.length === 1 && !isClosed) ask()
      return () => {
        const index = line.indexOf(place)
        if (index === -1) return
        line.splice(index, 1)
        if (index === 0 && !isClosed) line[0]?.ask()
      }
    },
    close() {
      isClosed = true
    },
  }
}
