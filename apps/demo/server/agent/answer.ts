import type { Step } from '@fluokit/testing'
import type { Agent, AgentTurn } from '@fluokit/testing/node'
import { answerCalculation, findExpression } from './calculate.ts'
import { answerDocuments } from './documents/answer-documents.ts'
import { asksAboutFiles, chooseFiles } from './documents/choose-files.ts'
import { greet } from './greet.ts'
import { writeCode } from './write-code.ts'
import { writeEssay } from './write-essay.ts'

/**
 * The stand-in's agent: small, but what it does it does. It reads and compares documents, calculates, writes code and long
 * answers, and remembers what was asked before in the thread.
 */
export const answer: Agent = async function* (turn) {
  yield { event: { type: 'run_start' } }
  yield* stepsFor(turn)
}

function stepsFor(turn: AgentTurn): AsyncIterable<Step> | Iterable<Step> {
  const query = turn.query.trim()
  const files = chooseFiles(turn)
  if (turn.files.length > 0) return answerDocuments(turn, files)
  const expression = findExpression(query)
  if (expression !== null) return answerCalculation(expression)
  if (files.length > 0 && asksAboutFiles(query)) return answerDocuments(turn, files)
  if (/\b(code|function|typescript|javascript|snippet|program)\b/i.test(query)) return writeCode()
  if (/\b(long|explain|essay|how does|tell me about|why)\b/i.test(query)) return writeEssay()
  return greet(
    query,
    turn.history.map((earlier) => earlier.query),
  )
}
