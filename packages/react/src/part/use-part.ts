'use client'
import { mergeProps } from '@base-ui/react/merge-props'
import { useRender } from '@base-ui/react/use-render'
import type { ComponentPropsWithRef, CSSProperties, JSX, ReactElement } from 'react'
import { dataAttributes, type PartState } from './data-attributes.ts'

/**
 * The props of a part: everything its element takes, `render` to replace the element (an element, or a function of
 * props and state), and `className` and `style` as a value or a function of the part's state.
 */
export type PartProps<Tag extends keyof JSX.IntrinsicElements, State extends PartState> = Omit<
  ComponentPropsWithRef<Tag>,
  'className' | 'style' | 'children' | 'ref'
> & {
  readonly ref?: ComponentPropsWithRef<Tag>['ref'] | undefined
  readonly children?: ComponentPropsWithRef<Tag>['children'] | undefined
  readonly className?: string | ((state: State) => string | undefined) | undefined
  readonly style?: CSSProperties | ((state: State) => CSSProperties | undefined) | undefined
  readonly render?:
    | ReactElement
    | ((props: ComponentPropsWithRef<Tag>, state: State) => ReactElement)
    | undefined
}

/**
 * The one element of a part. The user's props win over ours, handlers run both, the user's first; ours look at
 * `event.defaultPrevented`. The part's name and state stand in data attributes.
 */
export function usePart<Tag extends keyof JSX.IntrinsicElements, State extends PartState>(
  tag: Tag,
  { render, className, style, ref, children, ...theirs }: PartProps<Tag, State>,
  ours: {
    /** The part's name in the DOM, as `data-part`. */
    readonly part: string
    readonly state: State
    readonly props?: ComponentPropsWithRef<Tag>
    readonly ref?: unknown
  },
): ReactElement {
  const { state } = ours
  const props = mergeProps<'div'>(
    {
      ...dataAttributes({ part: ours.part, ...state }),
      ...(ours.props as ComponentPropsWithRef<'div'>),
    },
    {
      ...(theirs as ComponentPropsWithRef<'div'>),
      ...(children !== undefined && { children }),
      className: typeof className === 'function' ? className(state) : className,
      style: typeof style === 'function' ? style(state) : style,
    },
  )
  return useRender<PartState, Element>({
    defaultTagName: tag,
    render: render as useRender.RenderProp<PartState> | undefined,
    ref: [ref, ours.ref] as React.Ref<Element>[],
    stateAttributesMapping: noAttributes(state),
    state,
    props: props as Record<string, unknown>,
  })
}

/** The attributes are ours to name (kebab-case); the library would write them in lower case. */
function noAttributes(state: PartState): Record<string, () => null> {
  return Object.fromEntries(Object.keys(state).map((key) => [key, () => null]))
}
