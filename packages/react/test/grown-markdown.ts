import type { Block } from '../src/markdown/nodes.ts'
import { createReader } from '../src/markdown/reader.ts'

/** The text as chunks that end at line ends, as the store keeps it. */
export function chunksOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(/(?<=\n)/)
}

/** What is read of a text that grows by these cuts, and ends. */
export function grownOf(text: string, cuts: readonly number[]): readonly Block[] {
  const reader = createReader()
  for (const cut of cuts) reader.read(chunksOf(text.slice(0, cut)), true)
  return reader.read(chunksOf(text), false)
}
