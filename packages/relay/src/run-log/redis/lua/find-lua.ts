/** The token of the run that a key stands for now, or nil. KEYS: run. */
export const findLua = `return redis.call('HGET', KEYS[1], 'token')`
