import { describe, expect, it, vi } from 'vitest'
import { scripts } from '../scripts.ts'
import { createStage, storyAgent, type FluoStory } from './stage.ts'

const script = scripts.finalOnly

/** What has been asked once a story has come to its end. */
async function askedIn(story: FluoStory): Promise<readonly unknown[]> {
  const stage = createStage({ script, ...story }, Infinity)
  const { store } = stage.client.thread({ agentId: storyAgent })
  const count = [story.message ?? []].flat().length
  stage.begin()
  await vi.waitFor(() => {
    const { turns, status } = store.getState()
    expect([turns.length, status]).toEqual([count, 'ready'])
  })
  stage.client.dispose()
  return store.getState().turns.map(({ input }) => input)
}

describe('createStage', () => {
  it('asks a question', async () => {
    expect(await askedIn({ message: 'Hello' })).toEqual([{ query: 'Hello' }])
  })

  it('asks with files', async () => {
    const message = { query: 'Which is safer?', documents: ['https://files.example/a.pdf'] }

    expect(await askedIn({ message })).toEqual([message])
  })

  it('asks one question after the other, with files and without', async () => {
    const withImage = { query: '', images: ['https://files.example/cat.png'] }

    expect(await askedIn({ message: ['Hello', withImage] })).toEqual([
      { query: 'Hello' },
      withImage,
    ])
  })

  it('asks nothing where the story says so', async () => {
    expect(await askedIn({ message: null })).toEqual([])
  })
})
