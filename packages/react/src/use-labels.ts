'use client'
import { use } from 'react'
import { LabelsContext } from './contexts.ts'
import { defaultLabels } from './default-labels.ts'
import type { Labels } from './labels.ts'

const completed = new WeakMap<Partial<Labels>, Labels>()

/** The words in effect here: the provider's, and the English ones for what it leaves out. Re-renders when its labels change. */
export function useLabels(): Labels {
  const given = use(LabelsContext)
  if (given === null) return defaultLabels
  const known = completed.get(given)
  if (known !== undefined) return known
  // Spread as it is, an undefined word would stand in the place of ours.
  const words = Object.entries(given).filter(([, word]) => word !== undefined)
  const labels: Labels = { ...defaultLabels, ...Object.fromEntries(words) }
  completed.set(given, labels)
  return labels
}
