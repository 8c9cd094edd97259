import { memoryStorage } from '@fluokit/core'
import { act } from '@testing-library/react'
import type { ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import { clientOf, messageOf, renderWith, settled } from '../test/chat.tsx'
import { delta, handDriven } from '../test/hand-driven.ts'
import { answerNewest } from '../test/thread-list-page.tsx'
import { useFluoThreads, type ThreadsView } from './index.ts'

function setUp(agentId?: string, storage = memoryStorage()) {
  const views: ThreadsView[] = []
  function Reader(): ReactNode {
    views.push(useFluoThreads({ agentId }))
    return null
  }
  const hand = handDriven()
  const client = clientOf({ ...hand, storage })
  const newest = (): ThreadsView => {
    const view = views.at(-1)
    if (view === undefined) throw new Error('Nothing was rendered.')
    return view
  }
  const titles = (): readonly (string | null)[] => newest().threads.map(({ title }) => title)
  renderWith(client, <Reader />)
  return { ...hand, client, views, view: newest, titles }
}

const one = { agentId: 'one', threadKey: 'a' }

describe('useFluoThreads', () => {
  it('gives the conversations of every agent, or of one', async () => {
    const all = setUp()
    const some = setUp('one')
    for (const { client } of [all, some]) {
      act(() => {
        void client.thread(one).send('First')
        void client.thread({ agentId: 'two', threadKey: 'a' }).send('Second')
      })
    }
    await settled()

    expect(new Set(all.titles())).toEqual(new Set(['First', 'Second']))
    expect(some.titles()).toEqual(['First'])
  })

  it('says until when it is not known what is stored', async () => {
    const { views, view } = setUp()
    expect(views[0]?.isRestoring).toBe(true)
    await settled()

    expect(view()).toMatchObject({ threads: [], isRestoring: false })
  })

  it('says so also where a conversation is open already', async () => {
    const storage = { ...memoryStorage(), keys: () => new Promise<readonly string[]>(() => {}) }
    const turn = { id: 'turn', input: { query: 'Earlier' }, sentAt: 1, runs: [] }
    const { client, view, titles } = setUp('one', storage)

    act(() => void client.thread({ ...one, initialTurns: [turn] }))
    await settled()

    expect(titles()).toEqual(['Earlier'])
    expect(view().isRestoring).toBe(true)
    expect(view().create('one')).not.toBe('current') // which may be stored
  })

  it('renders again when the list changes, and not with a delta, a draft or another agent', async () => {
    const { client, views, newest, view } = setUp('one')
    await settled()
    const thread = client.thread(one)
    act(() => void thread.send('First'))
    const before = views.length
    const { rename, remove, create, threads } = view()

    for (let count = 0; count < 20; count += 1) await newest().emit(delta('word '))
    act(() => thread.setDraft({ query: 'half a thought' }))
    act(() => void client.thread({ agentId: 'two' }).send('Elsewhere'))
    await settled()
    expect(views).toHaveLength(before)
    await act(() => client.renameThread(one, 'One'))

    expect(views.length).toBeGreaterThan(before)
    expect(view()).toMatchObject({ rename, remove, create })
    expect(view().threads).not.toBe(threads)
  })

  it('renames and removes', async () => {
    const { client, titles, view, ...hand } = setUp()
    act(() => void client.thread(one).send('First'))
    await answerNewest(hand)

    await act(() => view().rename(one, 'One'))
    expect(titles()).toEqual(['One'])
    await act(() => view().rename(one, null))
    expect(titles()).toEqual(['First'])
    await act(() => view().remove(one))

    expect(titles()).toEqual([])
  })

  it('gives the key of an empty conversation, the same one until something is asked in it', async () => {
    const { client, view } = setUp()
    await settled()
    const first = view().create('one')
    expect(first).toBe('current')
    act(() => void client.thread({ agentId: 'one', threadKey: first }).send('First'))

    const second = view().create('one')
    expect(second).not.toBe(first)
    expect(view().create('one')).toBe(second)
    expect(view().create('two')).toBe('current')
    act(() => void client.thread({ agentId: 'one', threadKey: second }).send('Second'))
    expect([first, second]).not.toContain(view().create('one'))
    expect(client.threads.getState()).toHaveLength(2)
  })

  it('gives one that is never taken while it is not known what is stored, and stays with it', async () => {
    const { view } = setUp()
    const first = view().create('one')
    expect(first).not.toBe('current') // for it was not known yet what is stored there
    expect(view().create('one')).toBe(first)
    await settled()

    expect(view().create('one')).toBe(first)
    expect(view().create('two')).toBe('current')
  })

  it('gives it again when an earlier one is deleted, after a reload as well', async () => {
    const storage = memoryStorage()
    const before = setUp(undefined, storage)
    await settled()
    for (const threadKey of ['current', 'thread-1'])
      act(() => void before.client.thread({ agentId: 'one', threadKey }).send('A question'))
    const key = before.view().create('one')
    await act(() => before.client.removeThread({ agentId: 'one', threadKey: 'current' }))
    expect(before.view().create('one')).toBe(key)
    before.client.dispose()

    const { view } = setUp(undefined, storage)
    await settled()

    expect(view().create('one')).toBe(key)
  })

  it('gives it again after a reload, with what was written there', async () => {
    const storage = memoryStorage()
    const before = setUp(undefined, storage)
    await settled()
    act(() => void before.client.thread({ agentId: 'one' }).send('First'))
    const key = before.view().create('one')
    const options = { agentId: 'one', threadKey: key }
    const written = before.client.thread(options)
    written.draft.subscribe(() => undefined) // as a composer does
    await settled()
    written.setDraft({ query: 'half a thought' })
    before.client.dispose()

    const { client, view } = setUp(undefined, storage)
    await settled()
    expect(view().create('one')).toBe(key)
    const { draft } = client.thread(options)
    draft.subscribe(() => undefined)
    await settled()

    expect(draft.getState()?.query).toBe('half a thought')
  })

  it('throws outside FluoProvider, and names it', () => {
    function Alone(): ReactNode {
      useFluoThreads()
      return null
    }
    expect(messageOf(<Alone />)).toContain('<FluoProvider> above it')
  })
})
