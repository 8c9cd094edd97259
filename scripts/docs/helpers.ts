/** What a page's code takes from the reader's own application, page by page. */
export const helpers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'README.md': {
    'sessions.ts': `export declare function findSession(cookie: string | null): Promise<{ userId: string } | null>
`,
  },
  'docs/deploy.md': {
    'sessions.ts': `export declare function findSession(cookie: string | null): Promise<{ userId: string } | null>
`,
  },
  'packages/relay/README.md': {
    'app.ts': `import type { RequestListener } from 'node:http'
export declare const app: RequestListener
`,
    'relay.ts': `export declare const relay: (request: Request) => Promise<Response>
`,
  },
}
