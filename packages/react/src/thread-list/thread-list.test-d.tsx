import type { ThreadSummary } from '@fluokit/core'
import type { ReactNode } from 'react'
import { describe, expectTypeOf, it } from 'vitest'
import {
  FluoProvider,
  ThreadList,
  useFluoThreads,
  type Labels,
  type ThreadsView,
} from '../index.ts'

declare const client: Parameters<typeof FluoProvider>[0]['client']

describe('ThreadList.Root', () => {
  it('tells which conversation to show, and why', () => {
    const page = (
      <ThreadList.Root
        agentId="agent"
        onThreadKeyChange={(threadKey, { reason }) => {
          expectTypeOf(threadKey).toEqualTypeOf<string>()
          expectTypeOf(reason).toEqualTypeOf<'trigger-press' | 'new-press' | 'removed'>()
        }}
        onDelete={(thread, { reason, cancel }) => {
          expectTypeOf(thread).toEqualTypeOf<ThreadSummary>()
          expectTypeOf(reason).toEqualTypeOf<'delete-press'>()
          cancel()
        }}
      />
    )
    expectTypeOf(page).toExtend<ReactNode>()
  })

  it('needs an agent, and may be given undefined for the rest', () => {
    const page = (
      <ThreadList.Root
        agentId="agent"
        threadKey={undefined}
        defaultThreadKey={undefined}
        onThreadKeyChange={undefined}
        onDelete={undefined}
        className={undefined}
      />
    )
    expectTypeOf(page).toExtend<ReactNode>()
    // @ts-expect-error whose conversations they are must be said
    expectTypeOf(<ThreadList.Root />).toExtend<ReactNode>()
  })
})

describe('ThreadList.Items', () => {
  it('gives each conversation to its function', () => {
    const page = (
      <ThreadList.Items>
        {(thread) => {
          expectTypeOf(thread).toEqualTypeOf<ThreadSummary>()
          return <ThreadList.Item className={({ isRunning }) => (isRunning ? 'runs' : undefined)} />
        }}
      </ThreadList.Items>
    )
    expectTypeOf(page).toExtend<ReactNode>()
  })
})

describe('useFluoThreads', () => {
  it('takes an agent or none', () => {
    expectTypeOf(useFluoThreads).toBeCallableWith()
    expectTypeOf(useFluoThreads).toBeCallableWith({ agentId: undefined })
    expectTypeOf<ThreadsView['threads']>().toEqualTypeOf<readonly ThreadSummary[]>()
    expectTypeOf<ThreadsView['create']>().toEqualTypeOf<(agentId: string) => string>()
  })
})

describe('labels', () => {
  it('take some words of the list', () => {
    const page = <FluoProvider client={client} labels={{ threadList: { new: 'Neu' } }} />
    expectTypeOf(page).toExtend<ReactNode>()
    // @ts-expect-error there is no such word
    const wrong: Partial<Labels> = { threadList: { nw: '' } }
    expectTypeOf(wrong).toExtend<Partial<Labels>>()
  })
})
