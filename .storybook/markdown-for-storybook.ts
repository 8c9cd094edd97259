/** A page of packages/react/docs as Storybook shows it: without its title and marks, its links to docs pages of Storybook. */
export function markdownForStorybook(page: string): string {
  return page
    .replace(/^# .*\n/, '')
    .replaceAll(/<!--[^]*?-->\n/g, '')
    .replaceAll(/\[([^\]]+)\]\(([\w-]*)(?:\.md)?(?:#[\w-]*)?\)/g, (_, text: string, name: string) =>
      name in ids ? `[${text}](?path=/docs/${ids[name as keyof typeof ids]}--docs)` : text,
    )
}

const ids = {
  'chat-thread': 'chatthread',
  composer: 'composer',
  message: 'message',
  thinking: 'thinking',
  'tool-call': 'toolcall',
}
