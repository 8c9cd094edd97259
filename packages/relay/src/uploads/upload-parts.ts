import { defaultUploadLimits } from '@fluokit/core/wire'
import { Refusal } from '../answer/refusal.ts'
import type { RelayOptions } from '../options/relay-options.ts'
import type { RelayUploads } from '../options/relay-uploads.ts'
import { createReaderSlots, type ReaderSlots } from '../run/reader-slots.ts'
import { createSealer, type Sealer } from '../thread/create-sealer.ts'
import { createHourlyCount, type HourlyCount } from './hourly-count.ts'
import { longestTicket, ticketLifetimeMs } from './upload-ticket.ts'

/** What all uploads of one relay share. */
export interface UploadParts {
  readonly options: Required<Pick<RelayUploads, 'upload' | 'fileBytes' | 'mediaTypes'>> &
    RelayUploads
  /** Fluo's paths of files, sealed to project and user. */
  readonly files: Sealer
  /** What the relay has to know of an upload when its bytes come, sealed to project and user. */
  readonly tickets: Sealer
  readonly begun: HourlyCount
  /** The files whose bytes are on their way through the relay. */
  readonly puts: ReaderSlots
}

/** The longest path of a file that is sealed, in characters. */
export const longestBlobPath = 1024

/** What a relay that takes uploads has for them; null for one that does not. */
export function createUploadParts({ uploads, sealKeys }: RelayOptions): UploadParts | null {
  if (uploads === undefined) return null
  const { fileBytes, mediaTypes } = defaultUploadLimits
  return {
    options: { upload: 'direct', fileBytes, mediaTypes, ...definedOf(uploads) },
    files: createSealer(sealKeys, { kind: 'fluokit-file', longest: longestBlobPath }),
    tickets: createSealer(sealKeys, {
      kind: 'fluokit-upload',
      longest: longestTicket,
      lifetimeMs: ticketLifetimeMs,
    }),
    begun: createHourlyCount(uploads.perHour ?? 100),
    puts: createReaderSlots(),
  }
}

/** Refuses with 403 where the relay takes no uploads. */
export function assertUploads(uploads: UploadParts | null): UploadParts {
  if (uploads !== null) return uploads
  throw new Refusal(403, 'forbidden', {
    detail: "Nobody uploads anything here: the relay's option uploads is not set.",
  })
}

/** An option that is there and undefined is as absent. */
function definedOf<T extends object>(options: T): T {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as unknown as T
}
