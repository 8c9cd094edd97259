export { fileLists, kindOf, type FileKind } from './file-kind.ts'
export type { UploadError, UploadErrorCode } from './upload-error.ts'
export {
  PutFault,
  type PutOptions,
  type UploadRequest,
  type UploadTransport,
} from './upload-transport.ts'
export type { Upload, UploadStatus } from './upload.ts'
export type { BegunUpload, DraftOfFiles, OpenUploads, ThreadUploads, Uploads } from './uploads.ts'
export { ViewUrl } from './view-url.ts'
