/** What a page's code takes from the reader's own application, page by page. */
export const helpers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'README.md': {
    'sessions.ts': `export declare function findSession(cookie: string | null): Promise<{ userId: string } | null>
`,
  },
}
