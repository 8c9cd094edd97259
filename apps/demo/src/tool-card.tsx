import type { TypedToolCall } from '@fluokit/core'
import { ToolCall, useToolCall } from '@fluokit/react'
import type { ReactNode } from 'react'
import { ToolIcon } from './icons.tsx'
import { factsIn } from './facts-in.ts'

interface ToolCardProps {
  readonly input: unknown
  readonly output: unknown
}

/**
 * A call of a tool as a slim card that folds out: what was calculated as one line, rows where its data are a few plain facts, JSON
 * otherwise.
 */
export function ToolCard({ input, output }: ToolCardProps): ReactNode {
  const calculation = useToolCall('calculator')
  return (
    <ToolCall.Root defaultOpen={false}>
      <ToolCall.Trigger>
        <ToolIcon />
        <ToolCall.Name />
        <ToolCall.Status />
        <ToolCall.Duration />
      </ToolCall.Trigger>
      <ToolCall.Panel>
        {calculation === null ? (
          <>
            <ToolCall.Input render={<div />}>{readable(input)}</ToolCall.Input>
            <ToolCall.Output render={<div />}>{readable(output)}</ToolCall.Output>
          </>
        ) : (
          <Calculation call={calculation} />
        )}
        <ToolCall.Error />
      </ToolCall.Panel>
    </ToolCall.Root>
  )
}

function Calculation({ call }: { readonly call: TypedToolCall<'calculator'> }): ReactNode {
  return (
    <p data-part="calculation" dir="ltr">
      {call.input.expression}
      {call.status === 'done' && (
        <>
          {' = '}
          <strong>{call.output.result}</strong>
        </>
      )}
    </p>
  )
}

/** Rows of a name and a value; undefined leaves the part its own JSON. */
function readable(value: unknown): ReactNode {
  const facts = factsIn(value)
  if (facts === null) return undefined
  return (
    <dl data-part="facts" dir="auto">
      {facts.map(([name, fact]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  )
}
