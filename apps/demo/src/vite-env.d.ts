/// <reference types="vite/client" />

/** What the server told the page when it built it. */
declare const __DEMO__: { readonly agentId: string; readonly isStandIn: boolean }
