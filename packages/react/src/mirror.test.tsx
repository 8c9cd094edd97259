import { createUploads } from '@fluokit/core/uploads'
import { scriptedUploads, type UploadEnd } from '@fluokit/testing'
import {
  MutationCache,
  QueryClient,
  QueryClientProvider,
  type Mutation,
} from '@tanstack/react-query'
import { dehydrate, focusManager, hydrate, onlineManager } from '@tanstack/react-query'
import { useIsMutating } from '@tanstack/react-query'
import { act, render, screen } from '@testing-library/react'
import { StrictMode, type ReactNode } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { clientOf, settled } from '../test/chat.tsx'
import { delta, final, handDriven } from '../test/hand-driven.ts'
import { FluoProvider, useFluoThread } from './index.ts'

const agent = { agentId: 'agent' }

/** An application that has set everything that could make a mutation run twice, later, or be stored. */
function hostileQueryClient(mutationCache = new MutationCache()): QueryClient {
  return new QueryClient({
    mutationCache,
    defaultOptions: {
      queries: { retry: 3, networkMode: 'offlineFirst', staleTime: 0 },
      mutations: { retry: 3, retryDelay: 0, networkMode: 'offlineFirst', scope: { id: 'app' } },
      dehydrate: { shouldDehydrateMutation: () => true },
    },
  })
}

function Count(): ReactNode {
  const { status } = useFluoThread(agent)
  return (
    <p role="note" data-status={status}>
      {useIsMutating({ mutationKey: ['fluo', 'send'] })}
    </p>
  )
}

function setUp(queryClient = hostileQueryClient()) {
  const hand = handDriven()
  const client = clientOf(hand)
  const view = render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <FluoProvider client={client}>
          <Count />
        </FluoProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
  return { ...hand, ...view, client, queryClient, thread: client.thread(agent) }
}

const count = (): string => screen.getByRole('note').textContent

afterEach(() => {
  onlineManager.setOnline(true)
  focusManager.setFocused(undefined)
})

describe('FluoProvider with TanStack Query', () => {
  it('shows an accepted run as one mutation until the thread can take the next turn', async () => {
    const { thread, newest, runs } = setUp()
    expect(count()).toBe('0')

    act(() => void thread.send('Hi'))
    expect(count()).toBe('0')
    await newest().emit(delta('Hello'))
    expect(count()).toBe('1')
    await newest().emit(final('Hello'))
    await newest().end()
    await settled()

    expect(count()).toBe('0')
    expect(runs).toHaveLength(1)
  })

  it('leaves nothing in the cache once the run is over', async () => {
    const { thread, newest, queryClient } = setUp()
    act(() => void thread.send('Hi'))
    await newest().emit(delta('Hello'), final('Hello'))
    expect(queryClient.getMutationCache().getAll()).toHaveLength(1)

    await newest().end()
    await settled()
    await settled()

    expect(queryClient.getMutationCache().getAll()).toEqual([])
  })

  it('is not paused where the application pauses what it sends offline', async () => {
    const queryClient = new QueryClient({
      defaultOptions: { mutations: { networkMode: 'online' } },
    })
    const { thread, newest } = setUp(queryClient)
    onlineManager.setOnline(false)

    act(() => void thread.send('Hi'))
    await newest().emit(delta('Hello'))

    expect(queryClient.getMutationCache().getAll()[0]?.state.isPaused).toBe(false)
    expect(dehydrate(queryClient).mutations).toEqual([])
  })

  it('starts one run a send whatever the application has set for its own mutations', async () => {
    const { thread, newest, runs, queryClient } = setUp()
    onlineManager.setOnline(false)

    act(() => void thread.send('Hi'))
    await newest().emit(delta('Hello'))
    expect(count()).toBe('1')
    await newest().fail({ code: 'network' })
    onlineManager.setOnline(true)
    focusManager.setFocused(false)
    focusManager.setFocused(true)
    await act(() => queryClient.resumePausedMutations())
    await settled()

    expect(runs).toHaveLength(1)
    expect(count()).toBe('0')
  })

  it('puts no typed or answered word into what a persister stores, and sends nothing from it (T09)', async () => {
    const { thread, newest, runs, queryClient, client, unmount } = setUp()
    act(() => void thread.send('my secret question'))
    await newest().emit({ type: 'run_start', threadRef: 'sealed-ref' }, delta('secret answer'))

    const stored = JSON.stringify(dehydrate(queryClient))
    expect(stored).toContain('"fluo","send"')
    expect(stored).not.toMatch(/secret|sealed-ref/)

    unmount()
    const revived = hostileQueryClient()
    hydrate(revived, JSON.parse(stored))
    render(
      <QueryClientProvider client={revived}>
        <FluoProvider client={client}>
          <Count />
        </FluoProvider>
      </QueryClientProvider>,
    )
    await act(() => revived.resumePausedMutations())
    expect(runs).toHaveLength(1)
  })

  it('stores nothing at all with the default dehydration', async () => {
    const queryClient = new QueryClient()
    const { thread, newest } = setUp(queryClient)
    act(() => void thread.send('Hi'))
    await newest().emit(delta('Hello'))

    expect(dehydrate(queryClient)).toEqual({ mutations: [], queries: [] })
  })

  it('lets the global onError see a run that failed, with its code', async () => {
    const onError = vi.fn<(error: Error, variables: unknown) => void>()
    const { thread, newest } = setUp(
      hostileQueryClient(
        new MutationCache({ onError: (error, variables) => onError(error, variables) }),
      ),
    )

    act(() => void thread.send('Hi'))
    await newest().emit(delta('Hel'))
    await newest().fail({ code: 'stalled' })
    await settled()

    expect(onError).toHaveBeenCalledTimes(1)
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ error: { code: 'stalled' } })
    expect(onError.mock.calls[0]?.[1]).toEqual({
      threadKey: 'current',
      runId: newest().request.runId,
    })
  })

  it('names the error of the run that failed, also when it is asked again at once', async () => {
    const onError = vi.fn<(error: Error) => void>()
    const queryClient = hostileQueryClient(
      new MutationCache({ onError: (error) => onError(error) }),
    )
    const hand = handDriven()
    const client = clientOf({
      ...hand,
      onError: (_, thread) => void (hand.runs.length === 1 && thread.retry()),
    })
    render(<FluoProvider client={client} queryClient={queryClient} />)

    act(() => void client.thread(agent).send('Hi'))
    await hand.newest().emit(delta('Hel'))
    await hand.newest().fail({ code: 'stalled' })

    expect(onError.mock.calls[0]?.[0]).toMatchObject({ error: { code: 'stalled' } })
    expect(hand.runs).toHaveLength(2)
  })

  it.each([
    ['is stopped', (set: ReturnType<typeof setUp>) => set.thread.stop()],
    ['is left by a reset', async (set: ReturnType<typeof setUp>) => set.thread.reset()],
    ['is left by signing out', (set: ReturnType<typeof setUp>) => set.client.wipe()],
  ])('reports no error for a run that %s', async (_, leave) => {
    const onError = vi.fn<() => void>()
    const set = setUp(hostileQueryClient(new MutationCache({ onError: () => onError() })))
    act(() => void set.thread.send('Hi'))
    await set.newest().emit(delta('Hello'))
    expect(count()).toBe('1')

    await act(() => leave(set))
    await settled()

    expect(count()).toBe('0')
    expect(onError).not.toHaveBeenCalled()
  })

  it('never holds back a mutation of the application that has the default scope', async () => {
    const { thread, newest, queryClient } = setUp()
    const save = vi.fn<() => Promise<string>>(() => Promise.resolve('saved'))
    act(() => void thread.send('Hi'))
    await newest().emit(delta('a long answer'))
    expect(count()).toBe('1')

    const mutation = queryClient.getMutationCache().build(queryClient, { mutationFn: save })
    await act(async () => {
      void mutation.execute(undefined)
      await new Promise((resolve) => setTimeout(resolve))
    })

    expect(save).toHaveBeenCalledTimes(1)
    expect(mutation.state.status).toBe('success')
  })

  it('is not held back by a mutation of the application that has the default scope', async () => {
    const { thread, newest, queryClient } = setUp()
    const never = queryClient
      .getMutationCache()
      .build(queryClient, { mutationFn: () => new Promise<void>(() => undefined) })
    void never.execute(undefined)

    act(() => void thread.send('Hi'))
    await newest().emit(delta('Hello'))

    const [mirrored] = queryClient.getMutationCache().findAll({ mutationKey: ['fluo', 'send'] })
    expect(mirrored?.state).toMatchObject({ status: 'pending', isPaused: false })
  })

  it('mirrors into the query client that it is given, before the one above', async () => {
    const above = new QueryClient()
    const given = new QueryClient()
    const hand = handDriven()
    const client = clientOf(hand)
    render(
      <QueryClientProvider client={above}>
        <FluoProvider client={client} queryClient={given} />
      </QueryClientProvider>,
    )

    act(() => void client.thread(agent).send('Hi'))
    await hand.newest().emit(delta('Hello'))

    expect(given.isMutating()).toBe(1)
    expect(above.isMutating()).toBe(0)
  })

  it('works without a QueryClientProvider', async () => {
    const { transport, newest } = handDriven()
    const client = clientOf({ transport })
    function Status(): ReactNode {
      return <p role="note">{useFluoThread(agent, (state) => state.status)}</p>
    }
    render(
      <FluoProvider client={client}>
        <Status />
      </FluoProvider>,
    )

    act(() => void client.thread(agent).send('Hi'))
    await newest().emit(delta('Hello'), final('Hello'))
    await newest().end()

    expect(screen.getByRole('note')).toHaveProperty('textContent', 'ready')
  })
})

/** A page on a storage that holds every file, with an app that has set everything. */
function setUpUploads(queryClient: QueryClient, plan: UploadEnd = 'held') {
  const storage = scriptedUploads({ plan: () => plan })
  const uploads = createUploads({ transport: storage.transport, random: () => 0 })
  const client = clientOf({ ...handDriven(), uploads })
  const view = render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <FluoProvider client={client}>
          <FluoProvider client={client} />
        </FluoProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
  const thread = client.thread(agent)
  return { ...view, storage, client, uploads: thread.uploads, thread }
}

const secretFile = (): File => new File(['text'], 'secret-name.txt', { type: 'text/plain' })
const uploadsIn = (queryClient: QueryClient): readonly Mutation[] =>
  queryClient.getMutationCache().findAll({ mutationKey: ['fluo', 'upload'] })

describe('an upload in TanStack Query', () => {
  it('is one mutation, which says neither the name nor the place of the file (T09)', async () => {
    const queryClient = hostileQueryClient()
    const { uploads, storage, thread } = setUpUploads(queryClient)
    uploads?.add([secretFile()])
    await settled()
    const [mutation, ...others] = uploadsIn(queryClient)

    expect(others).toEqual([])
    expect(mutation?.state).toMatchObject({
      status: 'pending',
      isPaused: false,
      variables: {
        threadKey: thread.threadKey,
        uploadId: uploads?.store.getState()[0]?.id ?? '',
      },
    })
    expect(mutation?.options.scope).toBeUndefined()
    storage.put('secret-name.txt').end('stored')
    await settled()
    expect(mutation?.state.status).toBe('success')
    expect(JSON.stringify([mutation?.state, dehydrate(queryClient)])).not.toMatch(
      /secret|storage\.example|ref_/,
    )
    await settled()
    expect(uploadsIn(queryClient)).toEqual([])
  })

  it('fails as the upload does, tries nothing by itself, and is another one when that is tried again', async () => {
    const onError = vi.fn<(error: Error) => void>()
    const queryClient = hostileQueryClient(new MutationCache({ onError }))
    const { uploads, storage } = setUpUploads(queryClient, 'refused')
    uploads?.add([secretFile()])
    await settled()
    await settled()

    expect(onError.mock.calls.map(([error]) => String(error))).toEqual([
      'UploadFault: An upload failed: storage (HTTP 400)',
    ])
    expect(storage.puts).toHaveLength(1)
    uploads?.retry(uploads.store.getState()[0]?.id ?? '')
    await settled()
    await settled()

    expect(storage.puts).toHaveLength(2)
    expect(onError).toHaveBeenCalledTimes(2)
  })

  it('is uploaded though the app pauses its mutations', async () => {
    onlineManager.setOnline(false)
    const queryClient = hostileQueryClient()
    const { uploads } = setUpUploads(queryClient, 'stored')
    uploads?.add([secretFile(), secretFile()])
    await settled()
    await settled()

    expect(uploads?.store.getState().map(({ status }) => status)).toEqual(['ready', 'ready'])
    expect(queryClient.isMutating()).toBe(0)
  })

  it('goes on when the page that shows it goes', async () => {
    const { uploads, storage, unmount } = setUpUploads(hostileQueryClient())
    uploads?.add([secretFile()])
    await settled()
    unmount()
    storage.put('secret-name.txt').end('stored')
    await settled()

    expect(uploads?.store.getState().map(({ status }) => status)).toEqual(['ready'])
  })
})

describe('FluoProvider inside another of the same client', () => {
  it('mirrors a run once', async () => {
    const hand = handDriven()
    const client = clientOf(hand)
    render(
      <QueryClientProvider client={hostileQueryClient()}>
        <FluoProvider client={client}>
          <FluoProvider client={client} labels={{ send: 'Ask' }}>
            <Count />
          </FluoProvider>
        </FluoProvider>
      </QueryClientProvider>,
    )

    act(() => void client.thread(agent).send('Hi'))
    await hand.newest().emit(delta('Hello'))

    expect(count()).toBe('1')
  })
})
