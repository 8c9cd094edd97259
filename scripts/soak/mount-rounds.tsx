// Mounts a chat, streams an answer and unmounts it, again and again; prints figures as JSON. Runs as a child of the
// soak, bundled, with --expose-gc: `node --expose-gc mount-rounds.js ROUNDS`.
import { Window } from 'happy-dom'
import { StrictMode, act } from 'react'
import { createRoot } from 'react-dom/client'

const rounds = Number(process.argv[2])
/** Until everything that is compiled, cached or made once is there. */
const warmUp = 300
const page = new Window({ url: 'https://chat.example/' })
const names = ['document', 'Element', 'HTMLElement', 'Node', 'Text', 'Event', 'CustomEvent', 'MutationObserver', 'ResizeObserver', 'IntersectionObserver', 'getComputedStyle', 'getSelection', 'matchMedia', 'requestAnimationFrame', 'cancelAnimationFrame', 'HTMLInputElement', 'HTMLTextAreaElement', 'HTMLButtonElement', 'DocumentFragment', 'KeyboardEvent', 'InputEvent', 'PointerEvent', 'FocusEvent', 'navigator'] // prettier-ignore
const view = page as unknown as Record<string, unknown>
for (const name of names) {
  Object.defineProperty(globalThis, name, { value: view[name], configurable: true, writable: true })
}
Object.assign(globalThis, { window: page, IS_REACT_ACT_ENVIRONMENT: true })

/** Who listens, by target. Held weakly: a listener of a target that nobody holds any more is not left. */
const listeners = new WeakMap<object, Set<string>>()
let targets: WeakRef<object>[] = []
const ids = new WeakMap<object, number>()
let nextId = 0
const idOf = (listener: object): number => {
  if (!ids.has(listener)) ids.set(listener, (nextId += 1))
  return ids.get(listener) ?? 0
}
type Listen = (
  this: object,
  type: string,
  listener: object | null,
  options?: boolean | { capture?: boolean; once?: boolean; signal?: AbortSignal },
) => void
function watch(prototype: object): void {
  const own = prototype as { addEventListener: Listen; removeEventListener: Listen }
  const { addEventListener, removeEventListener } = own
  const keyOf: (type: string, listener: object, options: Parameters<Listen>[2]) => string = (
    type,
    listener,
    options,
  ) =>
    `${type} ${idOf(listener)} ${typeof options === 'object' ? options.capture === true : options === true}`
  own.addEventListener = function (type, listener, options) {
    const { once = false, signal } = typeof options === 'object' ? options : {}
    if (listener !== null && !once) {
      const key = keyOf(type, listener, options)
      const known = listeners.get(this) ?? new Set()
      if (!listeners.has(this)) targets.push(new WeakRef(this))
      listeners.set(this, known.add(key))
      if (signal !== undefined) {
        addEventListener.call(signal, 'abort', () => known.delete(key), { once: true })
      }
    }
    addEventListener.call(this, type, listener, options)
  }
  own.removeEventListener = function (type, listener, options) {
    if (listener !== null) listeners.get(this)?.delete(keyOf(type, listener, options))
    removeEventListener.call(this, type, listener, options)
  }
}
watch((view['EventTarget'] as { prototype: object }).prototype)
watch(EventTarget.prototype)

function openListeners(): number {
  let open = 0
  targets = targets.filter((reference) => {
    const target = reference.deref()
    const known = target === undefined ? undefined : listeners.get(target)
    if (target === undefined || known === undefined) return false
    const isRemoved = 'isConnected' in target && target.isConnected === false
    const isOver = 'aborted' in target && target.aborted === true
    if (!isRemoved && !isOver) open += known.size
    return true
  })
  return open
}

const { createFluoClient, memoryStorage } = await import('../../packages/core/src/index.ts')
const { ChatThreadDefault, FluoProvider } = await import('../../packages/react/src/index.ts')
const { scriptedTransport, defineScript } = await import('../../packages/testing/src/index.ts')

const script = defineScript('answer', [
  { event: { type: 'run_start' } },
  { event: { type: 'thinking_part', text: 'Hm.' } },
  { event: { type: 'tool_start', callId: 'c', name: 'sum', input: { a: 2 } } },
  { event: { type: 'tool_end', callId: 'c', output: 4 } },
  { event: { type: 'message_delta', text: 'The answer\n' } },
  { event: { type: 'message_delta', text: 'is 4.' } },
  { event: { type: 'message_final', text: 'The answer\nis 4.' } },
])

const host = document.createElement('div')
document.body.append(host)
const root = createRoot(host)
let posts = 0
let sends = 0
let unseen = 0

async function round(): Promise<void> {
  const { transport } = scriptedTransport(script, { speed: Infinity })
  const client = createFluoClient({
    transport: {
      start(run, signal) {
        posts += 1
        return transport.start(run, signal)
      },
    },
    userScope: null,
    storage: memoryStorage(),
  })
  await act(async () => {
    root.render(
      <StrictMode>
        <FluoProvider client={client}>
          <ChatThreadDefault agentId="agent" />
        </FluoProvider>
      </StrictMode>,
    )
  })
  await act(async () => {
    sends += 1
    await client.thread({ agentId: 'agent' }).send('What is 2 + 2?')
  })
  if (!(host.textContent ?? '').includes('is 4.')) unseen += 1
  await act(async () => root.render(null))
  client.dispose()
  openListeners() // forgets targets that are gone
}

const collect = (globalThis as { gc?: () => void }).gc
async function heap(): Promise<number> {
  for (let turn = 0; turn < 4; turn += 1) {
    collect?.()
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  collect?.()
  return process.memoryUsage().heapUsed
}

for (let count = 0; count < warmUp; count += 1) await round()
const before = await heap()
const listenersBefore = openListeners()
posts = 0
sends = 0
for (let count = 0; count < rounds; count += 1) await round()
const growth = (await heap()) - before
const left = openListeners() - listenersBefore
console.log(JSON.stringify({ rounds, sends, posts, unseen, growth, left }))
process.exit()
