'use client'
import { use } from 'react'
import { LabelsContext } from '../contexts.ts'
import { defaultMarkdownLabels, type MarkdownLabels } from './markdown-labels.ts'

/** The words of Markdown in effect here. Re-renders when the labels change. */
export function useMarkdownLabels(): MarkdownLabels {
  const given = use(LabelsContext)?.markdown
  if (given === undefined) return defaultMarkdownLabels
  const words = Object.entries(given).filter(([, word]) => word !== undefined)
  return { ...defaultMarkdownLabels, ...Object.fromEntries(words) }
}
