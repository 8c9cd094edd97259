import type { FileRef, TurnInput, UploadedFile } from '@fluokit/core/wire'
import { inStream, Refusal } from '../answer/refusal.ts'
import type { RelayParts } from '../relay-parts.ts'
import type { Mask } from '../upstream/mask.ts'
import { cleanName } from './clean-name.ts'
import { learnFile } from './learn-file.ts'
import { openRef } from './open-ref.ts'
import { viewUrl } from './view-url.ts'

/** A file of a turn, as Fluo and its storage know it. */
export interface ResolvedFile {
  readonly ref: string
  /** What its person calls it. */
  readonly name: string
  readonly blobPath: string
  readonly url: string
}

export interface ResolvedInput {
  /** The turn as Fluo is asked it: every file is a URL. */
  readonly input: TurnInput
  readonly files: readonly ResolvedFile[]
}

/** Whose turn it is, which log may not hear of its files, and what ends the asking. */
export interface FileAsker {
  readonly userId: string
  readonly logMask: Mask
  readonly ended: AbortSignal
}

const lists = ['documents', 'images', 'audios'] as const
/** How many URLs are asked for at once. */
const atOnce = 6

/**
 * Puts a fresh URL in the place of each file that was uploaded. Asks for all of them within `firstByteMs`, and for none any
 * more once one is refused. Throws a {@link Refusal}: 404 `file-gone` for a file that is not this user's, or not there.
 */
export async function resolveFiles(
  input: TurnInput,
  { userId, logMask, ended }: FileAsker,
  parts: RelayParts,
): Promise<ResolvedInput> {
  const uploaded = new Map<string, UploadedFile>()
  for (const file of lists.flatMap((list) => input[list] ?? [])) {
    if (typeof file !== 'string') uploaded.set(file.ref, file)
  }
  if (uploaded.size === 0) return { input, files: [] }

  const abort = new AbortController()
  const late = new Refusal(inStream, 'stalled', { detail: 'Fluo was over limits.firstByteMs.' })
  const timer = setTimeout(() => abort.abort(late), parts.limits.firstByteMs)
  const leave = (): void => abort.abort(ended.reason)
  if (ended.aborted) leave()
  ended.addEventListener('abort', leave, { once: true })

  const found = new Map<string, ResolvedFile>()
  const ask = async (opened: Omit<ResolvedFile, 'url'>[]): Promise<void> => {
    for (let file = opened.shift(); file !== undefined; file = opened.shift()) {
      const url = await viewUrl(file.blobPath, abort.signal, parts.upstream)
      learnFile(logMask, { ...file, url }, '[file]')
      found.set(file.ref, { ...file, url })
    }
  }
  try {
    // Opening asks nobody: a ref that is none costs no question about the others.
    const opened = await Promise.all(
      [...uploaded.values()].map(async ({ ref, name }) => {
        const blobPath = await openRef(ref, userId, parts)
        learnFile(logMask, { blobPath, url: '' }, '[file]')
        return { ref, name: cleanName(name).slice(0, 255), blobPath }
      }),
    )
    await Promise.all(Array.from({ length: atOnce }, () => ask(opened)))
  } finally {
    abort.abort()
    clearTimeout(timer)
    ended.removeEventListener('abort', leave)
  }

  const urlOf = (file: FileRef): string =>
    typeof file === 'string' ? file : (found.get(file.ref)?.url ?? '')
  const urls = lists.map((list) => [list, input[list]?.map(urlOf)] as const)
  return {
    input: { ...input, ...Object.fromEntries(urls.filter(([, some]) => some !== undefined)) },
    files: [...found.values()],
  }
}
