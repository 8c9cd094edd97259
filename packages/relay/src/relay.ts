/** The server part that holds Fluo's key: a web-standard handler, which never rejects, and what an application asks of it. */
export interface Relay {
  (request: Request): Promise<Response>
  /**
   * The handle of a thread that the application knows by Fluo's raw ID, for this user and this agent: what a browser takes
   * as `threadRef`. Whether the thread belongs to that user is the application's to know. Rejects with an `Error` of one
   * sentence, without a value, for an agent that is not listed, an empty user, and an ID that cannot be sealed: it is
   * empty, over 1024 characters, or half a pair of surrogates.
   */
  readonly sealThread: (userId: string, agentId: string, threadId: string) => Promise<string>
  /**
   * For a process that is about to end: ends the runs it has begun, as `interrupted` for everybody who reads them, and
   * begins no more (503). Resolves when their log knows. What was read until then stays readable from a log that outlives it.
   */
  readonly close: () => Promise<void>
}
