import type { RelayOptions } from './relay-options.ts'
import { storageHeaders } from './storage-headers.ts'

/** Throws an `Error` of one sentence, without a value, for `uploads` that could not work or would not be safe. */
export function checkUploads({ uploads, apiKey }: Pick<RelayOptions, 'uploads' | 'apiKey'>): void {
  if (uploads === undefined) return
  if (typeof uploads !== 'object' || uploads === null) {
    throw new Error('createRelay: uploads must be an object, which may be empty.')
  }
  const { upload, fileBytes, mediaTypes, headers, perHour, beforeUpload, ...others } = uploads
  if (Object.keys(others).length > 0) {
    throw new Error(
      'createRelay: uploads knows only upload, fileBytes, mediaTypes, headers, perHour and beforeUpload.',
    )
  }
  if (upload !== undefined && upload !== 'direct' && upload !== 'relay') {
    throw new Error("createRelay: uploads.upload must be 'direct' or 'relay'.")
  }
  if (fileBytes !== undefined && !(Number.isSafeInteger(fileBytes) && fileBytes > 0)) {
    throw new Error('createRelay: uploads.fileBytes must be a positive whole number of bytes.')
  }
  if (mediaTypes !== undefined && !isListOfTypes(mediaTypes)) {
    throw new Error(
      'createRelay: uploads.mediaTypes takes media types in lower case without parameters, such as application/pdf or image/*.',
    )
  }
  if (
    headers !== undefined &&
    typeof headers !== 'function' &&
    storageHeaders(headers, apiKey) === null
  ) {
    throw new Error(
      'createRelay: uploads.headers takes up to 16 headers for the storage, none of which carries a credential or is set by the relay or the connection.',
    )
  }
  if (
    perHour !== undefined &&
    !(Number.isSafeInteger(perHour) && perHour >= 1 && perHour <= 10_000)
  ) {
    throw new Error('createRelay: uploads.perHour must be a whole number from 1 to 10000.')
  }
  if (beforeUpload !== undefined && typeof beforeUpload !== 'function') {
    throw new Error('createRelay: uploads.beforeUpload must be a function.')
  }
}

function isListOfTypes(types: unknown): boolean {
  const isType = (type: unknown): boolean =>
    typeof type === 'string' &&
    /^[a-z\d][\w.+-]*\/(\*|[a-z\d][\w.+-]*)$/.test(type) &&
    !/[A-Z]/.test(type)
  return Array.isArray(types) && types.length > 0 && types.every(isType)
}
