const byExtension: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  m4a: 'audio/mp4',
  markdown: 'text/markdown',
  md: 'text/markdown',
  mp3: 'audio/mpeg',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  pdf: 'application/pdf',
  png: 'image/png',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  txt: 'text/plain',
  wav: 'audio/wav',
  weba: 'audio/webm',
  webp: 'image/webp',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Other spellings that browsers and systems have for the same thing. */
const aliases: Readonly<Record<string, string>> = {
  'application/csv': 'text/csv',
  'application/x-pdf': 'application/pdf',
  'audio/mp3': 'audio/mpeg',
  'audio/vnd.wave': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/x-m4a': 'audio/mp4',
  'audio/x-wav': 'audio/wav',
  'image/jpg': 'image/jpeg',
  'text/x-markdown': 'text/markdown',
}

/**
 * The media type of a file, in lower case and without parameters: the one it came with, or where that says nothing, as
 * with Markdown on most systems, the one its name's ending stands for. `application/octet-stream` where neither does.
 */
export function mediaTypeOf(name: string, type: string): string {
  const given = type.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  // Windows has this for CSV where Excel opens it.
  if (given === 'application/vnd.ms-excel' && ending === 'csv') return 'text/csv'
  if (given !== '' && given !== 'application/octet-stream') {
    return (Object.hasOwn(aliases, given) && aliases[given]) || given
  }
  return (Object.hasOwn(byExtension, ending) && byExtension[ending]) || 'application/octet-stream'
}

/** Whether a media type is in a list of types and families. */
export function isListedType(mediaType: string, listed: readonly string[]): boolean {
  const family = `${mediaType.split('/', 1)[0]}/*`
  return listed.includes(mediaType) || listed.includes(family)
}
