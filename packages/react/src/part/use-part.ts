'use client'
import { mergeProps } from '@base-ui/react/merge-props'
import {
  createElement,
  type ComponentPropsWithRef,
  type CSSProperties,
  type JSX,
  type ReactElement,
} from 'react'
import { dataAttributes, type PartState } from './data-attributes.ts'
import { RenderedPart, type RenderedPartProps } from './rendered-part.ts'

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
  given: PartProps<Tag, State>,
  ours: {
    /** The part's name in the DOM, as `data-part`. */
    readonly part: string
    readonly state: State
    readonly props?: ComponentPropsWithRef<Tag>
    readonly ref?: unknown
  },
): ReactElement {
  const { state } = ours
  const { render, className, style, ref, children, ...theirs } = given
  const props: ComponentPropsWithRef<'div'> = mergeProps<'div'>(
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
  // A log has some of these for each message: what needs no more than an element is one, without a component around it. A `render`
  // that comes and goes is there all the time, so that what stands inside stays.
  if (!('render' in given) && ours.ref === undefined) {
    return createElement(tag, { ...defaultsOf[tag], ...props, ref })
  }
  return createElement(RenderedPart, {
    tag,
    render: render as RenderedPartProps['render'],
    state,
    props: props as Record<string, unknown>,
    refs: [ref, ours.ref] as RenderedPartProps['refs'],
  })
}

/** No button of ours is there to submit a form, unless it says so. */
const defaultsOf: Readonly<Partial<Record<keyof JSX.IntrinsicElements, object>>> = {
  button: { type: 'button' },
}
