/**
 * What the run log needs of a client: a connected `createClient()`, `createCluster()` or `createSentinel()` of
 * `@redis/client` or `redis`, from version 5. Written down here so that applications need no particular one of them.
 */
export interface RedisRunLogClient {
  /** Gives the same connection with other options for its commands. */
  withCommandOptions(options: {
    readonly timeout: number
    readonly typeMapping: Readonly<Record<never, never>>
  }): RedisScriptClient
  /** Gives a second client with the same settings, not connected yet. */
  duplicate(): RedisSubscriber
}

/** The part of a client that runs scripts. */
export interface RedisScriptClient {
  evalSha(hash: string, options: RedisScriptInput): Promise<unknown>
  eval(script: string, options: RedisScriptInput): Promise<unknown>
}

/** What a script is given: the keys it touches, all of one hash slot, and texts. */
export interface RedisScriptInput {
  readonly keys: string[]
  readonly arguments: string[]
}

/** Is told the text of a message. */
export type RedisListener = (message: unknown) => void

/** The part of a client that hears of messages. */
export interface RedisSubscriber {
  readonly isOpen: boolean
  on(event: 'error', listener: (error: unknown) => void): unknown
  connect(): Promise<unknown>
  subscribe(channel: string, listener: RedisListener): Promise<unknown>
  unsubscribe(channel: string, listener: RedisListener): Promise<unknown>
  destroy(): unknown
}
