import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspace } from '../pack/packages.ts'
import { readParts, referenceOf } from './part-reference.ts'

/** The page of each namespace of parts: its file, and the room whose doc comments it repeats. */
export const partPages = [
  { namespace: 'ChatThread', room: 'chat-thread' },
  { namespace: 'Message', room: 'message' },
  { namespace: 'Thinking', room: 'thinking' },
  { namespace: 'ToolCall', room: 'tool-call' },
  { namespace: 'Composer', room: 'composer' },
  { namespace: 'Attachment', room: 'attachment' },
  { namespace: 'Suggestions', room: 'suggestions' },
  { namespace: 'ThreadList', room: 'thread-list' },
  { namespace: 'Markdown', room: 'markdown' },
].map(({ namespace, room }) => ({
  namespace,
  room,
  folder: join(workspace, 'packages/react/src', room),
  file: join(workspace, 'packages/react/docs', `${room}.md`),
}))

const begin =
  '<!-- Generated from the doc comments in the source (in the repository: `npx pnpm@12 docs:parts`). Not edited by hand. -->'
const end = '<!-- End of what is generated. -->'

/** The page as it should be: with the reference of today's doc comments between its two marks. */
export function pageWithReference({ namespace, folder, file }: (typeof partPages)[number]): string {
  const page = readFileSync(file, 'utf8')
  const from = page.indexOf(begin)
  const to = page.indexOf(end)
  if (from === -1 || to === -1) throw new Error(`${file} lacks the marks of its reference`)
  const reference = referenceOf(readParts(namespace, folder))
  return `${page.slice(0, from + begin.length)}\n\n${reference}\n\n${page.slice(to)}`
}
