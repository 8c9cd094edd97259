export { createUploads, type CreateUploadsOptions } from './create-uploads.ts'
export { fileLists, kindOf, type FileKind } from './file-kind.ts'
export { fluoUploads, type FluoUploadsOptions } from './fluo-uploads.ts'
export { relayUploads, type RelayUploadsOptions } from './relay-uploads.ts'
export type { UploadError, UploadErrorCode } from './upload-error.ts'
export { UploadFault } from './upload-fault.ts'
export {
  PutFault,
  type PutOptions,
  type UploadRequest,
  type UploadTransport,
} from './upload-transport.ts'
export type { Upload, UploadStatus } from './upload.ts'
export type { BegunUpload, DraftOfFiles, OpenUploads, ThreadUploads, Uploads } from './uploads.ts'
export { ViewUrl } from './view-url.ts'
