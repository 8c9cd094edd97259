import { describe } from 'vitest'
import { transcriptContract } from './__fixtures__/transcript-contract.ts'
import { memoryTranscripts } from './memory-transcripts.ts'

describe('memoryTranscripts', () => {
  transcriptContract(memoryTranscripts)
})
