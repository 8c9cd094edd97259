'use client'
import { use, useMemo, useState, type ReactNode } from 'react'
import type { FileRef } from '@fluokit/core'
import type { ViewUrl } from '@fluokit/core/uploads'
import { ClientContext } from '../contexts.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useFileUrl } from '../use-file-url.ts'
import { useLabels } from '../use-labels.ts'
import { useThread } from '../use-thread.ts'
import { useAttachment } from './use-attachment.ts'
import { useObjectUrl } from './use-object-url.ts'

type PreviewStatus = 'loading' | 'shown' | 'failed'

/** `data-status` (`loading` `shown` `failed`). */
export type AttachmentPreviewState = { readonly status: PreviewStatus }
export type AttachmentPreviewProps = PartProps<'img', AttachmentPreviewState>

/**
 * The picture itself. Renders an `<img>` of an image that was uploaded, and nothing for any other file, also not for one
 * that is named by URL: nothing is fetched from where a message says. The bytes are those on the person's own disk where
 * this page has them, and else come from a short-lived URL that the server is asked for. One that cannot be shown stays,
 * without a source, and says so in `data-status`.
 */
export function AttachmentPreview(props: AttachmentPreviewProps): ReactNode {
  const { kind, file, upload } = useAttachment('Preview')
  const { uploads } = useThread()
  const client = use(ClientContext)
  const ref = file === null || typeof file === 'string' ? null : file.ref
  const own = upload?.file ?? null
  const blob = useMemo(
    () => own ?? (ref === null ? null : (uploads?.blobOf(ref) ?? null)),
    [own, ref, uploads],
  )
  if (kind !== 'image' || typeof file === 'string') return null
  if (blob !== null) return <LocalPicture {...props} blob={blob} />
  if (file === null || client === null) return null
  return <RemotePicture key={ref} {...props} file={file} />
}

function LocalPicture({
  blob,
  ...props
}: AttachmentPreviewProps & { readonly blob: Blob }): ReactNode {
  const url = useObjectUrl(blob)
  const [seen, setSeen] = useState<{ readonly url: string; readonly isShown: boolean } | null>(null)
  const isKnown = url !== null && seen?.url === url
  const status = isKnown ? (seen.isShown ? 'shown' : 'failed') : 'loading'
  return (
    <Picture
      {...props}
      url={url}
      status={status}
      onSeen={(isShown) => url !== null && setSeen({ url, isShown })}
    />
  )
}

/** How often a picture is asked for: the first URL may have just expired. */
const tries = 2

function RemotePicture({
  file,
  ...props
}: AttachmentPreviewProps & { readonly file: FileRef }): ReactNode {
  const [shown, setShown] = useState<ViewUrl | null>(null)
  const [broken, setBroken] = useState<readonly ViewUrl[]>([])
  const isGivenUp = broken.length >= tries
  // What is on the page needs no other URL.
  const { data, isError, refetch } = useFileUrl(shown !== null || isGivenUp ? null : file)
  const newest = shown ?? data ?? null
  const view = newest !== null && broken.includes(newest) ? null : newest
  const isFailed = isGivenUp || (isError && view === null)
  const status = isFailed ? 'failed' : shown === null ? 'loading' : 'shown'

  function onSeen(isShown: boolean): void {
    if (view === null) return
    setShown(isShown ? view : null)
    if (isShown) return
    setBroken([...broken, view])
    if (broken.length + 1 < tries) void refetch()
  }

  return <Picture {...props} url={view?.reveal() ?? null} status={status} onSeen={onSeen} />
}

interface PictureProps extends AttachmentPreviewProps {
  readonly url: string | null
  readonly status: PreviewStatus
  readonly onSeen: (isShown: boolean) => void
}

function Picture({ url, status, onSeen, ...props }: PictureProps): ReactNode {
  const { preview } = useLabels()
  const { name } = useAttachment('Preview')
  return usePart('img', props, {
    part: 'attachment-preview',
    state: { status },
    props: {
      alt: preview(name),
      src: status === 'failed' || url === null ? undefined : url,
      referrerPolicy: 'no-referrer',
      decoding: 'async',
      onLoad: () => onSeen(true),
      onError: () => onSeen(false),
    },
  })
}
