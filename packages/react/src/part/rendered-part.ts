'use client'
import { useRender } from '@base-ui/react/use-render'
import type { JSX, ReactElement, Ref } from 'react'
import type { PartState } from './data-attributes.ts'

export interface RenderedPartProps {
  readonly tag: keyof JSX.IntrinsicElements
  readonly render: useRender.RenderProp<PartState> | undefined
  readonly state: PartState
  readonly props: Record<string, unknown>
  readonly refs: Ref<Element>[]
}

/** A part whose element is somebody else's to render, or that more than one ref waits for. */
export function RenderedPart({ tag, render, state, props, refs }: RenderedPartProps): ReactElement {
  return useRender<PartState, Element>({
    defaultTagName: tag,
    render,
    ref: refs,
    stateAttributesMapping: noAttributes(state),
    state,
    props,
  })
}

/** The attributes are ours to name (kebab-case); the library would write them in lower case. */
function noAttributes(state: PartState): Record<string, () => null> {
  return Object.fromEntries(Object.keys(state).map((key) => [key, () => null]))
}
