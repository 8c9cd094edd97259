'use client'
import { use, useMemo } from 'react'
import { LabelsContext } from '../contexts.ts'
import { defaultThreadListLabels, type ThreadListLabels } from './thread-list-labels.ts'

/** The words of the list in effect here. Re-renders when the labels change. */
export function useThreadListLabels(): ThreadListLabels {
  const given = use(LabelsContext)?.threadList
  return useMemo(() => {
    if (given === undefined) return defaultThreadListLabels
    const words = Object.entries(given).filter(([, word]) => word !== undefined)
    return { ...defaultThreadListLabels, ...Object.fromEntries(words) }
  }, [given])
}
