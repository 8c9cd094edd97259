import type { FluoClient } from '@fluokit/core'
import { createUploads } from '@fluokit/core/uploads'
import { scriptedUploads, type ScriptedUploads } from '@fluokit/testing'
import { dehydrate, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { clientOf, settled as nextTask } from '../test/chat.tsx'
import { handDriven } from '../test/hand-driven.ts'
import { FluoProvider, useFileUrl } from './index.ts'
import { queryClientOf } from './query-client-of.ts'

const file = { name: 'cat.png', mediaType: 'image/png', size: 8, ref: 'secret-ref' }

afterEach(() => void vi.useRealTimers())

/** The query client tells its observers in a task of its own. */
async function settled(): Promise<void> {
  await nextTask()
  await nextTask()
}

interface Shown {
  readonly storage: ScriptedUploads
  readonly client: FluoClient
  readonly url: () => string | null | undefined
  readonly show: (children: ReactNode) => void
  readonly unmount: () => void
}

/** A page that shows the URL, which is good for ten minutes. */
function show(
  queryClient: QueryClient | null,
  given: typeof file | string | null = file,
  view: (call: number) => string | null = (call) =>
    `https://storage.example/secret-${call}?X-Amz-Expires=600`,
): Shown {
  const storage: ScriptedUploads = scriptedUploads({ view: () => view(storage.viewed.length) })
  const client = clientOf({
    ...handDriven(),
    uploads: createUploads({ transport: storage.transport }),
  })
  let url: string | null | undefined
  function See(): ReactNode {
    url = useFileUrl(given).data?.reveal()
    return null
  }
  const inFluo = (children: ReactNode): ReactNode => (
    <FluoProvider client={client}>{children}</FluoProvider>
  )
  const page = (children: ReactNode): ReactNode =>
    queryClient === null ? (
      inFluo(children)
    ) : (
      <QueryClientProvider client={queryClient}>{inFluo(children)}</QueryClientProvider>
    )
  const { rerender, unmount } = render(page(<See />))
  return {
    storage,
    client,
    url: () => url,
    show: (children) => rerender(page(children)),
    unmount,
  }
}

const keysOf = (queryClient: QueryClient): readonly unknown[] =>
  queryClient
    .getQueryCache()
    .getAll()
    .map(({ queryKey }) => queryKey)

describe('useFileUrl', () => {
  it('gives a URL under a key that says neither it nor the ref', async () => {
    const queryClient = new QueryClient()
    const { url, client } = show(queryClient)
    await settled()

    expect(url()).toContain('secret-1')
    expect(keysOf(queryClient)).toEqual([
      ['fluo', 'view-url', client.uploads?.keyOf('secret-ref') ?? ''],
    ])
    expect(JSON.stringify(keysOf(queryClient))).not.toContain('secret')
  })

  it('leaves the URL in nothing that could be stored or shown (T09)', async () => {
    const queryClient = new QueryClient()
    const { url } = show(queryClient)
    await settled()
    const state = dehydrate(queryClient, { shouldDehydrateQuery: () => true })

    expect(url()).toContain('secret')
    expect(state.queries).toHaveLength(1)
    expect(JSON.stringify(state)).not.toContain('secret')
    const data = queryClient.getQueryData(['fluo', 'view-url'].concat(keyIn(queryClient)))
    expect(Object.keys(structuredClone(data) as object)).toEqual(['expiresAt'])
    expect(JSON.stringify(queryClient.getQueryCache().getAll()[0]?.state)).not.toContain('secret')
  })

  it('asks for another one before it expires', async () => {
    vi.useFakeTimers()
    const { url, storage } = show(new QueryClient())
    await act(() => vi.advanceTimersByTimeAsync(0))
    expect(url()).toContain('secret-1')
    await act(() => vi.advanceTimersByTimeAsync(530_000))
    expect(storage.viewed).toHaveLength(1)
    await act(() => vi.advanceTimersByTimeAsync(15_000))

    expect(storage.viewed).toHaveLength(2)
    expect(url()).toContain('secret-2')
  })

  it('does not ask in a hurry where a URL is good for no time at all', async () => {
    vi.useFakeTimers()
    const { storage } = show(new QueryClient(), file, () => 'https://s.example/?X-Amz-Expires=0')
    await act(() => vi.advanceTimersByTimeAsync(60_000))

    expect(storage.viewed).toHaveLength(1)
  })

  it('shares one question among all that show the file, and asks no more once it is known', async () => {
    const queryClient = new QueryClient()
    const { storage, show: showMore } = show(queryClient)
    await settled()
    function Two(): ReactNode {
      useFileUrl(file)
      useFileUrl(file)
      return null
    }
    showMore(<Two />)
    await settled()
    act(() => void window.dispatchEvent(new Event('visibilitychange')))
    await settled()

    expect(storage.viewed).toHaveLength(1)
  })

  it('keeps it for half a minute after the last that shows it, and no longer', async () => {
    vi.useFakeTimers()
    const queryClient = new QueryClient({ defaultOptions: { queries: { gcTime: Infinity } } })
    const { unmount } = show(queryClient)
    await act(() => vi.advanceTimersByTimeAsync(0))
    unmount()
    await vi.advanceTimersByTimeAsync(29_000)
    expect(keysOf(queryClient)).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(2_000)

    expect(keysOf(queryClient)).toEqual([])
  })

  it.each([null, 'https://files.example/by-url.png'])('asks nothing for %s', async (given) => {
    const { url, storage } = show(new QueryClient(), given)
    await settled()

    expect(url()).toBeUndefined()
    expect(storage.viewed).toEqual([])
  })

  it('takes no data that is no URL any more for one, and asks', async () => {
    const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
    const { url, storage, client, show: showMore } = show(queryClient, null)
    queryClient.setQueryData(['fluo', 'view-url', client.uploads?.keyOf('secret-ref') ?? ''], {
      expiresAt: Date.now() + 600_000,
    })
    const seen: unknown[] = []
    function See(): ReactNode {
      const { data } = useFileUrl(file)
      seen.push(data)
      return null
    }
    showMore(<See />)
    expect(seen.at(-1)).toBeNull()
    await settled()

    expect(storage.viewed).toEqual(['secret-ref'])
    expect(seen.at(-1)).not.toBeNull()
    expect(url()).toBeUndefined()
  })

  it('is not changed by what an app has set for all its queries', async () => {
    const persister = vi.fn<() => never>(() => {
      throw new Error('written down')
    })
    const queryClient = new QueryClient({
      defaultOptions: {
        queries: { enabled: false, throwOnError: true, persister, placeholderData: 'another' },
      },
    })
    const { url } = show(queryClient)
    expect(url()).toBeUndefined()
    await settled()

    expect(url()).toContain('secret-1')
    expect(persister).not.toHaveBeenCalled()
  })

  it('runs in a query client of the kit where there is no other, one for each client', async () => {
    const { url, client, unmount } = show(null)
    await settled()

    expect(url()).toContain('secret-1')
    expect(keysOf(queryClientOf(client))).toHaveLength(1)
    expect(queryClientOf(client)).toBe(queryClientOf(client))
    unmount()
    expect(queryClientOf(clientOf(handDriven()))).not.toBe(queryClientOf(client))
  })
})

function keyIn(queryClient: QueryClient): readonly string[] {
  const [key] = queryClient.getQueryCache().getAll()
  return [String(key?.queryKey[2])]
}
