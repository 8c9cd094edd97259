import { act } from '@testing-library/react'
import type { ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import { clientOf, messageOf, renderWith, settled } from '../test/chat.tsx'
import { delta, final, handDriven } from '../test/hand-driven.ts'
import { answerNewest } from '../test/thread-list-page.tsx'
import { useFluoThreads, type ThreadsView } from './index.ts'

function setUp(agentId?: string) {
  const views: ThreadsView[] = []
  function Reader(): ReactNode {
    views.push(useFluoThreads({ agentId }))
    return null
  }
  const hand = handDriven()
  const client = clientOf(hand)
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

  it('gives the key of an empty conversation, and of no second one', async () => {
    const { client, view, newest } = setUp()
    const early = view().create('one')
    await settled()
    expect(early).not.toBe('current') // for what is stored there was not known yet
    const first = view().create('one')
    expect(first).toBe('current')
    expect(view().create('two')).toBe('current')
    act(() => void client.thread({ agentId: 'one', threadKey: first }).send('First'))
    await newest().emit(final('Yes.'))

    expect(view().create('one')).toBe(early)
    act(() => void client.thread({ agentId: 'one', threadKey: early }).send('Second'))
    const third = view().create('one')
    expect([first, early]).not.toContain(third)
    expect(view().create('one')).toBe(third)
    expect(view().create('two')).toBe('current')
    expect(client.threads.getState()).toHaveLength(2)
  })

  it('throws outside FluoProvider, and names it', () => {
    function Alone(): ReactNode {
      useFluoThreads()
      return null
    }
    expect(messageOf(<Alone />)).toContain('<FluoProvider> above it')
  })
})
