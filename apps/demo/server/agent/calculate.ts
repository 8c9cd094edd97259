import type { Step } from '@fluokit/testing'
import { all, create } from 'mathjs'
import { say, think } from './say.ts'

const math = create(all ?? {})

/** The longest run of characters in a question that is an expression with something to work out, or null. */
export function findExpression(query: string): string | null {
  const candidates = query.match(/[-+(\d.a-z][-+*/^%().,\d\sa-z×÷]*/gi) ?? []
  const tidy = [query, ...candidates]
    .map((text) =>
      text
        .replace(/×/g, '*')
        .replace(/÷/g, '/')
        .replace(/^.*?(?=[-(\d]|sqrt|sin|cos)/i, ''),
    )
    .map((text) => text.replace(/[?.!,\s]+$/, '').trim())
  return tidy.find(isCalculation) ?? null
}

function isCalculation(text: string): boolean {
  if (text.length > 200 || !/\d/.test(text) || !/[-+*/^%(]/.test(text)) return false
  try {
    let hasWork = false
    let hasNames = false
    math.parse(text).traverse((node) => {
      hasWork ||= node.type === 'OperatorNode' || node.type === 'FunctionNode'
      hasNames ||=
        node.type === 'SymbolNode' && !/^(pi|e|sqrt|sin|cos|tan|log|abs|round)$/.test(String(node))
    })
    return hasWork && !hasNames
  } catch {
    return false
  }
}

/** Thinks, calls the calculator, and says what came of it. */
export function answerCalculation(expression: string): readonly Step[] {
  const call = { callId: `call_${Math.random().toString(36).slice(2)}`, name: 'calculator' }
  const result = calculate(expression)
  return [
    ...think(
      `The question contains ${expression}. I will not guess: the calculator can work it out.`,
    ),
    { event: { type: 'tool_start', ...call, input: { expression } } },
    { waitMs: 700 },
    { event: { type: 'tool_end', ...call, ...result } },
    ...say(
      'output' in result
        ? `${expression} is ${result.output.result}.\n\nAsk for another one, or build on this: I keep the thread.`
        : `I could not work out ${expression}. ${result.error}`,
    ),
  ]
}

function calculate(expression: string): { output: { result: string } } | { error: string } {
  try {
    const value: unknown = math.evaluate(expression)
    return { output: { result: math.format(value, { precision: 12 }) } }
  } catch (thrown) {
    return { error: thrown instanceof Error ? thrown.message : 'The expression has no value.' }
  }
}
