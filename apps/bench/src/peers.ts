/** What is measured: a page each in `pages/`, and the protocol it speaks with the server. */
export interface Peer {
  readonly name: string
  readonly label: string
  /** The folder of its page. */
  readonly page: string
  /** Says to the page how it differs from another of the same folder. */
  readonly variant: string
  readonly protocol: 'fluo' | 'ai-sdk' | 'langgraph' | 'tanstack' | 'plain'
  /** The packages whose versions are printed. */
  readonly packages: readonly string[]
}

const aiSdk = { protocol: 'ai-sdk', packages: ['ai', '@ai-sdk/react'] } as const

export const peers: readonly Peer[] = [
  {
    name: 'limit',
    label: 'plain DOM, one text node',
    page: 'limit',
    variant: 'node',
    protocol: 'plain',
    packages: [],
  },
  {
    name: 'limit-blocks',
    label: 'plain DOM, a block a line',
    page: 'limit',
    variant: 'blocks',
    protocol: 'plain',
    packages: [],
  },
  {
    name: 'fluokit',
    label: 'Fluokit',
    page: 'fluokit',
    variant: '',
    protocol: 'fluo',
    packages: ['@fluokit/core', '@fluokit/react'],
  },
  {
    name: 'naive',
    label: 'hand-written fetch loop',
    page: 'naive',
    variant: '',
    protocol: 'plain',
    packages: [],
  },
  { name: 'ai-sdk', label: 'Vercel AI SDK', page: 'ai-sdk', variant: '', ...aiSdk },
  {
    name: 'ai-sdk-throttled',
    label: 'Vercel AI SDK, throttle 50',
    page: 'ai-sdk',
    variant: 'throttled',
    ...aiSdk,
  },
  {
    name: 'assistant-ui',
    label: 'assistant-ui',
    page: 'assistant-ui',
    variant: '',
    protocol: 'ai-sdk',
    packages: ['@assistant-ui/react', '@assistant-ui/react-ai-sdk'],
  },
  {
    name: 'langchain',
    label: 'LangChain useStream',
    page: 'langchain',
    variant: '',
    protocol: 'langgraph',
    packages: ['@langchain/react', '@langchain/langgraph-sdk', '@langchain/core'],
  },
  {
    name: 'tanstack-ai',
    label: 'TanStack AI',
    page: 'tanstack-ai',
    variant: '',
    protocol: 'tanstack',
    packages: ['@tanstack/ai', '@tanstack/ai-react', '@tanstack/ai-client'],
  },
]

/** Scenario D alone measures it: Fluokit's list that renders what is near the view, in a log that scrolls. */
export const virtual: Peer = {
  name: 'fluokit-virtual',
  label: 'Fluokit, virtual list',
  page: 'fluokit-virtual',
  variant: '',
  protocol: 'fluo',
  packages: ['@fluokit/core', '@fluokit/react'],
}

/** The peer that scenario D adds as its limit: plain DOM code that makes the very tree that Fluokit's page shows. */
export const sameTree: Peer = {
  name: 'limit-tree',
  label: "plain DOM, Fluokit's tree",
  page: 'limit',
  variant: 'tree',
  protocol: 'plain',
  packages: [],
}
