import { defineTools } from '@fluokit/core'
import * as v from 'valibot'

/** What the stand-in agent's tool takes and gives. An agent of yours may call other things a calculator. */
export const tools = defineTools({
  calculator: {
    input: v.object({ expression: v.string() }),
    output: v.object({ result: v.string() }),
  },
})

declare module '@fluokit/core' {
  interface Register {
    readonly tools: typeof tools
  }
}
