import type { TurnInput } from '@fluokit/core/wire'
import { cleanName } from '../uploads/clean-name.ts'
import type { Mask } from '../upstream/mask.ts'

/**
 * Teaches a log's mask what a person sent, for Fluo may repeat it in an error: the question, the URLs of files, also
 * without the part that signs them and that part by itself, the refs and names of those that were uploaded, and the contexts. A
 * short question is an ordinary word.
 */
export function learnInput(mask: Mask, input: TurnInput): void {
  mask.learn(input.query.trim(), '[query]')
  for (const file of [input.documents, input.images, input.audios].flatMap((list) => list ?? [])) {
    const [path = '', ...signature] = typeof file === 'string' ? file.split('?') : []
    const texts =
      typeof file === 'string'
        ? [file, path, signature.join('?')]
        : [file.ref, file.name, cleanName(file.name)]
    for (const text of texts) mask.learn(text, '[file]')
  }
  for (const context of input.contexts ?? []) mask.learn(context, '[context]')
}
