import { memoryStorage, type Tabs } from '@fluokit/core'
import { act } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { clientOf, renderWith, settled } from '../../test/chat.tsx'
import { handDriven } from '../../test/hand-driven.ts'
import {
  answerNewest,
  listed,
  press,
  questions,
  ThreadListPage,
  trigger,
} from '../../test/thread-list-page.tsx'
import { type ThreadListRootProps } from '../index.ts'

type Channel = ReturnType<NonNullable<Tabs['channel']>>

/** The tabs of one browser, which hear each other a microtask later. */
function tabsOfOneBrowser(): Tabs {
  const open = new Map<Channel, string>()
  return {
    channel(name) {
      const channel: Channel = {
        onmessage: null,
        postMessage(data) {
          for (const [other, its] of open) {
            if (other === channel || its !== name) continue
            queueMicrotask(() => other.onmessage?.({ data: structuredClone(data) }))
          }
        },
        close: () => void open.delete(channel),
      }
      open.set(channel, name)
      return channel
    },
  }
}

describe('ThreadList.Root beside another tab', () => {
  it('stays with the conversation that is begun anew there, and never shows another', async () => {
    const changed = vi.fn<NonNullable<ThreadListRootProps['onThreadKeyChange']>>()
    const storage = { ...memoryStorage(), isShared: true }
    const tabs = tabsOfOneBrowser()
    const hand = handDriven()
    const here = clientOf({ ...hand, storage, tabs })
    const there = clientOf({ ...handDriven(), storage, tabs })
    for (const [threadKey, question] of [
      ['current', 'First'],
      ['a', 'Second'],
    ] as const) {
      void here.thread({ agentId: 'agent', threadKey }).send(question)
      // oxlint-disable-next-line no-await-in-loop -- one after the other, so that the last is the newest
      await answerNewest(hand)
    }
    renderWith(here, <ThreadListPage threadKey="a" onThreadKeyChange={changed} />)
    await settled()
    press(trigger('First'))
    expect(listed()).toEqual(['Second', '[First]'])
    changed.mockClear()

    const other = there.thread({ agentId: 'agent' })
    other.store.subscribe(() => undefined)
    await settled()
    act(() => other.reset())
    await settled()

    expect(changed).not.toHaveBeenCalled()
    expect(listed()).toEqual(['Second', 'First'])
    expect(questions()).toEqual([])
  })
})
