/** The token of the run that a key stands for now, and whether somebody has asked to stop it before it began. KEYS: run, stop. */
export const findLua = `return { redis.call('HGET', KEYS[1], 'token'), redis.call('GET', KEYS[2]) }`
