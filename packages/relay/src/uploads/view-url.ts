import { Refusal, inStream } from '../answer/refusal.ts'
import { askUpstream } from '../upstream/ask-upstream.ts'
import type { UpstreamOptions } from '../upstream/send-upstream.ts'
import { storageUrl } from './storage-url.ts'

/** Asks Fluo for a URL at which a file can be read for a short while. One that Fluo does not know is a 404 `file-gone`. */
export async function viewUrl(
  blobPath: string,
  ended: AbortSignal,
  upstream: UpstreamOptions,
): Promise<string> {
  const path = `/api/v1/uploads/view-url?blobPath=${encodeURIComponent(blobPath)}`
  const answer = await askUpstream({ path, ended }, upstream).catch((thrown: unknown) => {
    if (!(thrown instanceof Refusal)) throw thrown
    const { facts } = thrown
    if (facts.upstreamStatus === 404 || facts.upstreamStatus === 410) throw fileGone(facts)
    throw thrown
  })
  const url = storageUrl(answer['viewUrl'], upstream.baseUrl)
  if (url !== null) return url
  throw new Refusal(inStream, 'upstream', { detail: 'Fluo gave a viewUrl that is no https URL.' })
}

/** The same for a file that Fluo does not know, and for a ref that is not this user's, was changed or was never one. */
export function fileGone(facts: Refusal['facts']): Refusal {
  return new Refusal(404, 'file-gone', facts)
}
