'use client'
import { useStore } from 'zustand'
import { useRequired } from '../contexts.ts'
import { AttachmentContext, AttachmentDescriptionsContext } from './attachment-context.ts'
import type { TurnFile } from './turn-file.ts'

/** The file around a part of this name. Re-renders when the file changes, never with its progress. */
export function useAttachment(part: string): TurnFile {
  return useRequired(AttachmentContext, `<Attachment.${part}>`, parent)
}

/** The `aria-describedby` of a part of a file: what the app gives, and the file's Status while that says something. */
export function useFileDescription(given: string | undefined): string | undefined {
  const descriptions = useRequired(AttachmentDescriptionsContext, '<Attachment>', parent)
  const ids = useStore(descriptions)
  const all = [given, ...ids].filter(Boolean).join(' ')
  return all === '' ? undefined : all
}

const parent = 'Composer.Attachments'
