import { memoryStorage, type ThreadStorage, type TurnInput } from '@fluokit/core'
import { createUploads, type OpenUploads } from '@fluokit/core/uploads'
import { scriptedUploads, type UploadPlan } from '@fluokit/testing'
import { storyAgent } from '@fluokit/testing/storybook'

/** A picture of a few pixels in one colour, as a PNG. */
const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGNgYGD4jwMzDC0JAK1XP8GPzt6RAAAAAElFTkSuQmCC'

/** The same at a URL that needs no network. */
export const pictureUrl: string = `data:image/png;base64,${png}`

/** A picture as a file. */
export function pictureFile(name: string): File {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0))
  return new File([bytes], name, { type: 'image/png' })
}

/** A text of so many bytes. */
export function textFile(name: string, size = 48_000): File {
  return new File(['x'.repeat(size)], name, { type: 'text/plain' })
}

/** The uploads of a story: what becomes of a file stands in its name. */
export function storyUploads(view: () => string | null = () => pictureUrl): OpenUploads {
  const plan = ({ name }: { readonly name: string }, attempt: number): UploadPlan => ({
    ...(name.startsWith('slow') && { bytesPerSecond: 40_000 }),
    ...(name.startsWith('halfway') && { end: 'held', upTo: 0.5 }),
    ...(name.includes('refused') &&
      (attempt === 0 || !name.startsWith('once')) && { end: 'refused' }),
    ...(name.startsWith('forbidden') && { end: 'forbidden' }),
  })
  const { transport } = scriptedUploads({ plan, view })
  return createUploads({ transport, limits: { fileBytes: 1024 * 1024 } })
}

/** The state of each file on the page, by its name. */
export function fileStates(
  page: HTMLElement,
): readonly (readonly [string | null, string | undefined])[] {
  const files = [...page.querySelectorAll<HTMLElement>('[data-part=attachment-root]')]
  return files.map((file) => [file.getAttribute('aria-label'), file.dataset['status']])
}

/** What a page has left that was writing this. */
export function storedDraft(draft: TurnInput): ThreadStorage {
  const storage = memoryStorage()
  const record = {
    version: 1,
    id: 'record',
    agentId: storyAgent,
    threadKey: 'current',
    updatedAt: 1,
    draft,
  }
  void storage.write(`fluo:v1:guest:${storyAgent}:current`, JSON.stringify(record))
  return storage
}
