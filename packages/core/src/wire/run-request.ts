/** A file that was uploaded. */
export interface UploadedFile {
  /** What the person's own machine calls it. */
  readonly name: string
  readonly mediaType: string
  /** In bytes. */
  readonly size: number
  /** How the server finds it: behind the relay sealed to its owner, with `fluoTransport` Fluo's path of it. No URL. */
  readonly ref: string
}

/** A file of a turn: an https URL, or what an upload returned. */
export type FileRef = string | UploadedFile

/** One input of a person, in the shape of Fluo's own request body. */
export interface TurnInput {
  readonly query: string
  readonly documents?: readonly FileRef[]
  readonly images?: readonly FileRef[]
  readonly audios?: readonly FileRef[]
  /** IDs of Fluo contexts the run may use. */
  readonly contexts?: readonly string[]
  readonly metadata?: Readonly<Record<string, unknown>>
}

/** What a transport is asked to run. `runId` is minted by the client and is the run's idempotency key. */
export interface RunRequest {
  readonly runId: string
  readonly agentId: string
  readonly threadRef: string | null
  readonly input: TurnInput
}
