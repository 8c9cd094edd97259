import type { Thread } from '@fluokit/core'

const policies = ['travel-policy-2025.pdf', 'travel-policy-2026.pdf'] as const

/**
 * Does what a person would do: attaches the two policies that come with the demo, writes the question `query`, and sends it once they are
 * uploaded. Where one fails, all of it stays in the composer.
 */
export async function comparePolicies(thread: Thread, query: string): Promise<void> {
  const { uploads, draft } = thread
  if (uploads === null) return
  const files = await Promise.all(policies.map(fetchFile)).catch(() => [])
  if (uploads.store.getState().length > 0) return // pressed twice
  uploads.add(files)
  const written = draft.getState()
  if (files.length === 0 || /\S/.test(written?.query ?? '')) return // what somebody writes is theirs to send
  thread.setDraft({ ...written, query })
  await uploads.settled()
  const input = draft.getState()
  const ready = uploads.store.getState().filter(({ status }) => status === 'ready')
  const isWhole = ready.length === policies.length // none failed, and none was taken out
  if (!isWhole || input?.query !== query) return
  const sending = thread.send(input) // first: what is sent is remembered before the draft is emptied
  thread.setDraft({ query: '' })
  const { sent } = await sending
  if (!sent) thread.setDraft(input)
}

async function fetchFile(name: string): Promise<File> {
  const response = await fetch(`/policies/${name}`)
  return new File([await response.blob()], name, { type: 'application/pdf' })
}
