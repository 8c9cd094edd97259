import { delimiter, dirname } from 'node:path'
import { workspace } from '../pack/packages.ts'

/** The environment without what pnpm and npx put into it, but with the Node that runs this. */
export function cleanEnvironment(
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|pnpm_|NODE$|NODE_ENV$|NODE_OPTIONS$|INIT_CWD$|FLUO|VITE)/i.test(name),
  )
  const path = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(workspace) && !folder.includes('_npx'))
  return {
    ...(Object.fromEntries(kept) as Record<string, string>),
    PATH: [dirname(process.execPath), ...path].join(delimiter),
    ...more,
  }
}
