import type { Thread, TurnInput } from '@fluokit/core'
import { fileLists } from '@fluokit/core/uploads'
import type { TurnFile } from './turn-file.ts'

/** Takes a file out of a thread's next turn, whether it is on its way, has failed or stands in the draft. */
export function removeFile(thread: Thread, { kind, file, upload }: TurnFile): void {
  if (upload !== null) thread.uploads?.remove(upload.id)
  const draft: TurnInput | null = thread.draft.getState()
  const list = fileLists[kind]
  const kept = draft?.[list]?.filter((other) => other !== file)
  if (draft !== null && kept !== undefined && kept.length !== draft[list]?.length) {
    thread.setDraft({ ...draft, [list]: kept })
  }
}
