import { waitUntil } from 'cloudflare:workers'
import { makeRelay } from './make-relay.mjs'

let relay

export default {
  fetch(request, env) {
    relay ??= makeRelay(env, { waitUntil })
    return relay(request)
  },
}
