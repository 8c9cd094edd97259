import type { RelayParts } from '../relay-parts.ts'
import { assertUploads } from './upload-parts.ts'
import { fileGone } from './view-url.ts'

/** Fluo's path of the file that a user's ref stands for. Refuses with 404 whatever is not a ref of this user and project. */
export async function openRef(
  ref: string,
  userId: string,
  { uploads, options }: Pick<RelayParts, 'uploads' | 'options'>,
): Promise<string> {
  const opened = await assertUploads(uploads).files.open(ref, [options.projectId, userId])
  if (opened !== null) return opened.text
  throw fileGone({ detail: 'The ref of a file is not one of this user and project.' })
}
