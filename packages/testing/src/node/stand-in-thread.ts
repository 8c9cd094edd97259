/** A thread that the stand-in knows. */
export interface StandInThread {
  readonly id: string
  readonly agentId: string
  readonly history: readonly StandInTurn[]
}

/** A turn as it is written down. */
export interface StandInTurn {
  readonly query: string
  readonly answer: string
  readonly files: readonly StandInFile[]
}

/** A file of a turn as it is written down: where its bytes are, never a URL. */
export interface StandInFile {
  readonly kind: 'document' | 'image' | 'audio'
  readonly name: string
  readonly mediaType: string
  /** Where it is in the stand-in's storage; null for a file that is not there. */
  readonly blobPath: string | null
}
