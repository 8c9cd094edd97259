// chat.test.tsx
import { createFluoClient, memoryStorage } from '@fluokit/core'
import { defineScript, deltaSteps, scriptedTransport, type Script } from '@fluokit/testing'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { Chat } from './chat.tsx'

const weather = defineScript('asks for the weather', [
  { event: { type: 'run_start' } },
  { event: { type: 'tool_start', name: 'weather', input: { place: 'Bern' } } },
  { event: { type: 'tool_end', name: 'weather', output: 'clear' } },
  ...deltaSteps('Take no umbrella.'),
  { event: { type: 'message_final', text: 'Take no umbrella.' } },
])

const cutOff = defineScript('cut off', [
  { event: { type: 'run_start' } },
  ...deltaSteps('Take an'),
  { fault: 'reset' },
])

/** The chat, with an agent that plays these scripts, one for each run; without waits. */
function show(scripts: readonly Script[], startPaused = false) {
  const { transport, player } = scriptedTransport(scripts, { speed: Infinity, startPaused })
  const storage = memoryStorage() // or the next test finds the thread of this one
  render(<Chat client={createFluoClient({ transport, storage, userScope: null })} />)
  return player
}

async function ask(question: string) {
  await userEvent.type(screen.getByRole('textbox', { name: 'Your question' }), question)
  await userEvent.click(screen.getByRole('button', { name: 'Ask' }))
}

afterEach(cleanup)

describe('Chat', () => {
  it('shows the weather card while the tool runs and once it is done', async () => {
    const player = show([weather], true)
    await ask('Do I need an umbrella?')

    player.step() // run_start
    player.step() // tool_start
    await screen.findByText('Looking at the sky …')

    player.play()
    await screen.findByText('The sky is clear.')
    const answer = await screen.findByRole('article', { name: /^Assistant/ })
    expect(answer.textContent).toContain('Take no umbrella.')
  })

  it('offers to try again when the answer is cut off, in its own words', async () => {
    show([cutOff, weather])
    await ask('Do I need an umbrella?')

    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }))

    await screen.findByText('Take no umbrella.')
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
  })

  it('says the answer to a screen reader, after the tool', async () => {
    show([weather])
    const announcer = document.querySelector('[data-part=chat-thread-announcer]')
    await ask('Do I need an umbrella?')

    const said = (text: string) =>
      waitFor(() => expect(announcer?.textContent).toContain(text), { timeout: 5000 })
    await said('Using weather.')
    await said('Answer: Take no umbrella.') // at least 500 ms later
  })
})
