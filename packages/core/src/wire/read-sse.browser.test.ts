import { describe, expect, it } from 'vitest'
import { vectors, wrongCuts } from './__fixtures__/check-vectors.ts'

describe('readSse', () => {
  it.each(vectors)('reads the vector "$name" at every cut in a browser (F21)', async (vector) => {
    expect(await wrongCuts(vector)).toEqual([])
  })
})
