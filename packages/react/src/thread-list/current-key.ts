/**
 * The key of the conversation that `client.thread` gives without one. Not asked of the client: that would open it, and what
 * ChatThread.Root says of it would count no more.
 */
export const currentKey = 'current'
