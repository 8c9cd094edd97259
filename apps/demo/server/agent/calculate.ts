import type { Step } from '@fluokit/testing'
import { all, create, type MathNode } from 'mathjs'
import { say, think } from './say.ts'

const math = create(all ?? {})

const operators = /[-+*/^%!]/
const names = /^(pi|e|sqrt|sin|cos|tan|log|abs|round)$/

/** What in a question is an expression with something to work out, or null. */
export function findExpression(query: string): string | null {
  const text = query.replace(/×/g, '*').replace(/÷/g, '/')
  const candidates =
    text.match(/(?:[-(\d.]|\b(?:sqrt|sin|cos|tan|log|abs|round)\b)[-+*/^%!().,\d\sa-z]*/gi) ?? []
  return (
    [text, ...candidates]
      .map((candidate) => candidate.replace(/[?.,\s]+$/, '').trim())
      .find(isCalculation) ?? null
  )
}

/** Numbers, operators and a few functions: nothing that loops, assigns, or builds something large. */
function isCalculation(text: string): boolean {
  if (text.length > 200 || !/\d/.test(text) || isDateOrNumber(text)) return false
  try {
    let hasWork = false
    let isPlain = true
    math.parse(text).traverse((node) => {
      hasWork ||= node.type === 'OperatorNode' || node.type === 'FunctionNode'
      isPlain &&= isAllowed(node)
    })
    return hasWork && isPlain
  } catch {
    return false
  }
}

function isAllowed(node: MathNode): boolean {
  switch (node.type) {
    case 'ConstantNode':
    case 'ParenthesisNode':
    case 'FunctionNode':
      return true
    case 'OperatorNode':
      return operators.test(node.toString())
    case 'SymbolNode':
      return names.test(node.toString())
    default:
      return false
  }
}

/** `2024-05-06` and `555-1234` are names of things, not subtractions. */
function isDateOrNumber(text: string): boolean {
  return /^\d{2,}(-\d{2,})+$/.test(text)
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
