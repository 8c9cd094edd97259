import { UploadFault } from './upload-fault.ts'

/** As much of a file as tells what it is; some programs write a few lines of their own before a PDF. */
const beginning = 1024

type Begins = (bytes: string) => boolean
const at =
  (place: number, ...texts: readonly string[]): Begins =>
  (bytes) =>
    texts.some((text) => bytes.startsWith(text, place))
const isZip = at(0, 'PK\x03\x04', 'PK\x05\x06')
const office = 'application/vnd.openxmlformats-officedocument.'

/** How files of a type begin, a letter for each byte. Types that are not here may begin with anything. */
const beginnings: Readonly<Record<string, Begins>> = {
  'application/pdf': (bytes) => bytes.includes('%PDF-'),
  [`${office}presentationml.presentation`]: isZip,
  [`${office}spreadsheetml.sheet`]: isZip,
  [`${office}wordprocessingml.document`]: isZip,
  'audio/mp4': at(4, 'ftyp'),
  'audio/ogg': at(0, 'OggS'),
  'audio/wav': at(8, 'WAVE'),
  'audio/webm': at(0, '\x1a\x45\xdf\xa3'),
  'image/gif': at(0, 'GIF87a', 'GIF89a'),
  'image/jpeg': at(0, '\xff\xd8\xff'),
  'image/png': at(0, '\x89PNG\r\n\x1a\n'),
  'image/webp': at(8, 'WEBP'),
}

/**
 * Looks at the beginning of a file, without which a renamed one would only fail at the agent. Throws an {@link UploadFault}:
 * `mismatch` for bytes that are not of the file's type, and `unreadable` for a file that is gone, or has changed, or is a folder.
 */
export async function checkBytes(file: Blob, mediaType: string): Promise<void> {
  const bytes = await readBeginning(file)
  const begins = beginnings[mediaType]
  const isOther = begins === undefined ? isBinaryText(bytes, mediaType) : !begins(bytes)
  if (isOther) throw new UploadFault({ code: 'mismatch' })
}

/** Whether a file can still be read: browsers stop reading one that has changed on the disk since it was chosen. */
export async function assertReadable(file: Blob): Promise<void> {
  await readBeginning(file)
}

async function readBeginning(file: Blob): Promise<string> {
  try {
    const bytes = new Uint8Array(await file.slice(0, beginning).arrayBuffer())
    return String.fromCharCode(...bytes)
  } catch {
    throw new UploadFault({ code: 'unreadable' })
  }
}

/** A text has no zero bytes, unless it is in UTF-16, and says so. */
function isBinaryText(bytes: string, mediaType: string): boolean {
  const isText = mediaType.startsWith('text/') || mediaType === 'application/json'
  return isText && bytes.includes('\0') && !at(0, '\xff\xfe', '\xfe\xff')(bytes)
}
