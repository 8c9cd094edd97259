import { makeRelay } from './make-relay.mjs'

const env = Deno.env.toObject()
Deno.serve({ hostname: '127.0.0.1', port: Number(env.PORT) }, makeRelay(env))
