import { act } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { attached, enter, textFile, write } from '../../test/attached.tsx'
import { partNamed } from '../../test/chat.tsx'

const said: string[] = []

beforeEach(() => {
  vi.useFakeTimers()
  said.length = 0
})
afterEach(() => void vi.useRealTimers())

/** Listens to the polite region, and lets time pass. */
async function listen(): Promise<readonly string[]> {
  const region = partNamed('chat-thread-announcer')?.querySelector('[aria-live=polite]')
  let last = region?.textContent ?? ''
  for (let waited = 0; waited < 3000; waited += 50) {
    await act(() => vi.advanceTimersByTimeAsync(50))
    const text = region?.textContent ?? ''
    if (text !== '' && text !== last) said.push(text)
    last = text
  }
  return said
}

function files(...names: readonly string[]): readonly File[] {
  return names.map((name) => textFile(name))
}

describe('what a screen reader hears of files', () => {
  it('is each thing once, and several at once as one sentence (A11y 28)', async () => {
    const { composer, storage } = attached()
    act(() => composer().addFiles(files('a.txt', 'b.txt')))
    expect(await listen()).toEqual(['Attached a.txt, b.txt.'])
    storage.put('a.txt').send(0.5)
    storage.put('a.txt').end('stored')
    storage.put('b.txt').end('refused')
    expect((await listen()).slice(1)).toEqual([
      'Ready to be sent: a.txt. b.txt failed. The file could not be stored.',
    ])
    act(() => composer().files.forEach(composer().removeFile))

    expect((await listen()).slice(2)).toEqual(['Removed a.txt, b.txt.'])
  })

  it('is their number where there are many', async () => {
    const { composer } = attached()
    act(() => composer().addFiles(files('a', 'b', 'c', 'd', 'e')))

    expect(await listen()).toEqual(['Attached 5 files.'])
    act(() => composer().files.forEach(composer().removeFile))
    expect((await listen()).slice(1)).toEqual(['Removed 5 files.'])
  })

  it('is not that they were removed when they were sent', async () => {
    const { composer, storage } = attached()
    act(() => composer().addFiles(files('a.txt')))
    await listen()
    storage.put('a.txt').end('stored')
    await listen()
    write('Hi')
    enter()

    expect((await listen()).filter((text) => text.startsWith('Removed'))).toEqual([])
  })

  it('is that a send waits, and that it does so no more', async () => {
    const { composer } = attached()
    act(() => composer().addFiles(files('a.txt')))
    await listen()
    write('Hi')
    enter()
    expect((await listen()).slice(1)).toEqual(['Sends when 1 file is ready…'])
    act(() => composer().cancelWaiting())

    expect((await listen()).slice(2)).toEqual(['Nothing was sent. Your text and files stay here.'])
  })
})
