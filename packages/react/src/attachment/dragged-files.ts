import { isListedType, mediaTypeOf } from '@fluokit/core/wire'
import { markFolder } from './folders.ts'

/** Whether files are dragged: not a text, and not a link. */
export function hasFiles({ types }: DataTransfer): boolean {
  return types.includes('Files')
}

/** Whether all that is dragged is of types that may not be uploaded, as far as the browser says so before it is dropped. */
export function areRefused({ items }: DataTransfer, mediaTypes: readonly string[]): boolean {
  const files = [...items].filter(({ kind }) => kind === 'file')
  return files.length > 0 && !files.some(({ type }) => mayBeListed(type, mediaTypes))
}

/** What a file is called is not told before it is dropped: some types say nothing without it. */
function mayBeListed(type: string, mediaTypes: readonly string[]): boolean {
  const possible = ['', '.csv'].map((name) => mediaTypeOf(name, type))
  return possible.some((one) => one === unknown || isListedType(one, mediaTypes))
}

const unknown = 'application/octet-stream'

/** The files that were dropped; a folder is among them as one that is known for what it is. */
export function droppedFiles({ items, files }: DataTransfer): readonly File[] {
  const dropped = [...items].filter(({ kind }) => kind === 'file')
  const folders = dropped.map((item) => item.webkitGetAsEntry()?.isDirectory === true)
  const all = [...files]
  if (all.length === folders.length) all.filter((_, at) => folders[at]).forEach(markFolder)
  return all
}
