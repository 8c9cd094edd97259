import { makeRelay } from './make-relay.mjs'

const server = Bun.serve({
  fetch: makeRelay(process.env),
  hostname: '127.0.0.1',
  port: process.env.PORT,
  idleTimeout: 60, // seconds; the ten of its default are what the relay's own comments take
})
console.log(String(server.url))
