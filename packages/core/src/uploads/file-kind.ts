/** What a file of a turn is to the agent. */
export type FileKind = 'document' | 'image' | 'audio'

/** The list of a turn's input that files of a kind stand in. */
export const fileLists = { document: 'documents', image: 'images', audio: 'audios' } as const

/** What a file of a media type is to the agent. */
export function kindOf(mediaType: string): FileKind {
  if (mediaType.startsWith('image/')) return 'image'
  return mediaType.startsWith('audio/') ? 'audio' : 'document'
}
