import { FluoFault } from '../wire/errors.ts'
import { putBytes } from './put-bytes.ts'
import { PutFault, type PutOptions } from './upload-transport.ts'

/**
 * Puts bytes straight to a storage, with the headers that belong to its URL and no other. Throws a {@link PutFault} for what it
 * refuses: storages say in several ways that a signature is no longer good, so a 400, 401, 403 or 410 may mean that. One that has a
 * problem of its own (5xx) counts as a lost connection.
 */
export async function putToStorage(
  place: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
  file: Blob,
  how: PutOptions & { readonly fetch?: typeof fetch | undefined },
): Promise<void> {
  const headers = new Headers(place.headers)
  const { status } = await putBytes({
    ...how,
    url: place.url,
    headers,
    body: file,
    credentials: 'omit',
  })
  if (status >= 200 && status < 300) return
  if (status >= 500) throw new FluoFault({ code: 'network', status })
  throw new PutFault(status, [400, 401, 403, 410].includes(status))
}
