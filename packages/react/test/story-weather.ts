import { defineTools, type Tools } from '@fluokit/core'
import * as v from 'valibot'

/** What a story's card gets. An application registers its tools, and its cards get such types by themselves. */
export interface WeatherInput {
  readonly place: string
}

export interface WeatherOutput {
  readonly sky: string
  readonly degrees: number
}

/** The tools of stories about typed calls. */
export const weatherTools: Tools = defineTools({
  weather: {
    input: v.object({ place: v.string() }),
    output: v.object({ sky: v.string(), degrees: v.number() }),
  },
})
