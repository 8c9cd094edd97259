export type { AnnounceMode } from './announce-run.ts'
