import type { FluoClient } from '@fluokit/core'
import {
  createElement,
  useEffect,
  useMemo,
  useReducer,
  type ComponentType,
  type ReactElement,
  type ReactNode,
} from 'react'
import { connectPlayer } from './connect-player.ts'
import { createStage, type FluoStory } from './stage.ts'

/** `FluoProvider` of `@fluokit/react`, or a component of yours that holds one. */
export type StoryProvider = ComponentType<{ client: FluoClient; children?: ReactNode }>

/** What is used of Storybook's context. */
export interface StoryContext {
  readonly id: string
  readonly viewMode?: string
  readonly parameters: { readonly fluo?: FluoStory }
}

/**
 * A decorator for Storybook: each story gets a client of its own whose agent plays `parameters.fluo.script`, and the
 * toolbar of `@fluokit/testing/storybook/manager` drives it. On docs pages a story stands at its end at once.
 */
export function fluoDecorator(
  Provider: StoryProvider,
): (story: () => ReactNode, context: StoryContext) => ReactElement {
  return function decorate(story, { id, viewMode, parameters }) {
    const isDocs = viewMode === 'docs'
    return createElement(
      Staged,
      { key: id, Provider, story: parameters.fluo ?? nothing, isDocs },
      story(),
    )
  }
}

const nothing: FluoStory = { message: null }

interface StagedProps {
  readonly Provider: StoryProvider
  readonly story: FluoStory
  readonly isDocs: boolean
  readonly children?: ReactNode
}

function Staged({ Provider, story, isDocs, children }: StagedProps): ReactNode {
  const [attempt, restart] = useReducer((count: number) => count + 1, 0)
  const speed = isDocs ? Infinity : (story.speed ?? 1)
  const stage = useMemo(() => ({ attempt, ...createStage(story, speed) }), [attempt, story, speed])
  useEffect(() => {
    const disconnect = isDocs ? undefined : connectPlayer(stage.player, restart)
    stage.begin()
    return () => {
      disconnect?.()
      stage.client.dispose()
    }
  }, [stage, isDocs])
  return createElement(Provider, { key: stage.attempt, client: stage.client }, children)
}
