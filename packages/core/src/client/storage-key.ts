/** The beginning of every storage key of one user; signed-out visitors have one of their own. */
export function storagePrefix(userScope: string | null): string {
  return `fluo:v1:${userScope === null ? 'guest' : `user.${encodeURIComponent(userScope)}`}:`
}

/** The storage key of one thread's record. It holds no thread reference. */
export function storageKey(userScope: string | null, agentId: string, threadKey: string): string {
  return `${storagePrefix(userScope)}${encodeURIComponent(agentId)}:${encodeURIComponent(threadKey)}`
}
