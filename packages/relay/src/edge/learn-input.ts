import type { TurnInput } from '@fluokit/core/wire'
import type { Mask } from '../upstream/mask.ts'

/**
 * Teaches a log's mask what a person sent, for Fluo may repeat it in an error: the question, the URLs of files, also
 * without the part that signs them and that part by itself, and the contexts. A short question is an ordinary word.
 */
export function learnInput(mask: Mask, input: TurnInput): void {
  mask.learn(input.query.trim(), '[query]')
  for (const file of [input.documents, input.images, input.audios].flatMap((list) => list ?? [])) {
    const url = typeof file === 'string' ? file : file.ref
    const [path = '', ...signature] = url.split('?')
    for (const text of [url, path, signature.join('?')]) mask.learn(text, '[file]')
  }
  for (const context of input.contexts ?? []) mask.learn(context, '[context]')
}
