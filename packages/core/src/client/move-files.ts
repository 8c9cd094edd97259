import type { ThreadUploads } from '../uploads/uploads.ts'

/**
 * Moves the files that were chosen for one thread to another user's: they are uploaded once more, for what was uploaded before is
 * sealed to whom it was uploaded for.
 */
export function moveFiles(
  from: { readonly uploads?: ThreadUploads | null },
  to: () => ThreadUploads | null,
): void {
  const chosen = from.uploads?.store.getState() ?? []
  const files = chosen.length === 0 ? null : to()
  if (files === null) return
  for (const { id } of chosen) from.uploads?.remove(id)
  files.add(chosen.map(({ file }) => file))
}
