import { act, fireEvent, screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import {
  attached,
  enter,
  input,
  sendButton,
  shownFile,
  textFile,
  write,
} from '../../test/attached.tsx'
import { partNamed, settled } from '../../test/chat.tsx'
import { delta } from '../../test/hand-driven.ts'

const waiting = (): HTMLElement | null => partNamed('composer-waiting')
const refused = (): string | null | undefined => partNamed('composer-error')?.textContent
const isWaiting = (): readonly boolean[] =>
  ['composer-root', 'composer-send'].map((name) => partNamed(name)?.dataset['waiting'] === '')

const failed =
  'A file could not be uploaded, so nothing was sent. Retry or remove it, then send again.'

describe('a send while files are on their way', () => {
  it('waits where it can be seen, and sends by itself once they are ready', async () => {
    const { add, end, inputs } = attached()
    await add(textFile('a.txt'), textFile('b.txt'))
    write('Compare these')
    enter()

    expect(waiting()?.textContent).toBe('Sends when 2 files are ready…')
    expect(isWaiting()).toEqual([true, true])
    expect(sendButton().getAttribute('aria-disabled')).toBe('true')
    expect(input().getAttribute('aria-describedby')).toContain(waiting()?.id)
    write('Compare these two')
    await end('a.txt')
    expect(waiting()?.textContent).toBe('Sends when 1 file is ready…')
    expect(inputs()).toEqual([])
    expect(input().value).toBe('Compare these two')
    await end('b.txt')

    expect(inputs()).toMatchObject([
      { query: 'Compare these two', documents: [{ name: 'a.txt' }, { name: 'b.txt' }] },
    ])
    expect(input().value).toBe('')
    expect(screen.queryByRole('group')).toBeNull()
    expect(isWaiting()).toEqual([false, false])
    expect(waiting()).toBeNull()
  })

  it('is one send, however often it is asked for', async () => {
    const { add, end, inputs, composer } = attached()
    await add(textFile('a.txt'))
    write('Hi')
    enter()
    enter()
    act(() => sendButton().click())
    act(() => composer().submit())
    await end('a.txt')
    await settled()

    expect(inputs()).toHaveLength(1)
    expect(refused()).toBeUndefined()
  })

  it('is one wait, which one Escape ends, however often it was asked for', async () => {
    const { add, end, inputs } = attached()
    await add(textFile('a.txt'))
    write('Hi')
    enter()
    enter()
    fireEvent.keyDown(input(), { key: 'Escape' })
    await end('a.txt')
    await settled()

    expect(inputs()).toEqual([])
  })

  it('tells onSend when it is sent, and not before', async () => {
    const onSend = vi.fn<(input: unknown, details: { readonly reason: string }) => void>()
    const { add, end } = attached({ props: { onSend } })
    await add(textFile('a.txt'))
    write('Hi')
    enter()
    expect(onSend).not.toHaveBeenCalled()
    await end('a.txt')

    expect(onSend.mock.calls.map(([, { reason }]) => reason)).toEqual(['enter-key'])
  })

  it.each(['the button', 'Escape'])('is ended by %s, and everything stays (F76)', async (way) => {
    const { add, end, inputs } = attached()
    await add(textFile('a.txt'))
    write('Hi')
    enter()
    const cancel = screen.getByRole('button', { name: 'Do not send yet' })
    act(() => cancel.focus())
    if (way === 'Escape') fireEvent.keyDown(input(), { key: 'Escape' })
    else act(() => cancel.click())
    expect(document.activeElement).toBe(input())
    await end('a.txt')
    await settled()

    expect(isWaiting()).toEqual([false, false])
    expect(inputs()).toEqual([])
    expect(input().value).toBe('Hi')
    expect(shownFile('a.txt').dataset['status']).toBe('ready')
  })

  it('is ended by Escape before an open run is stopped', async () => {
    const { add, newest, thread } = attached({
      client: {},
    })
    write('first')
    enter()
    await newest().emit(delta('x'))
    await newest().end()
    await add(textFile('a.txt'))
    write('second')
    enter()
    act(() => void thread.send('from elsewhere'))
    await newest().emit(delta('y'))

    fireEvent.keyDown(input(), { key: 'Escape' })
    expect(isWaiting()).toEqual([false, false])
    expect(newest().signal.aborted).toBe(false)
    fireEvent.keyDown(input(), { key: 'Escape' })

    expect(newest().signal.aborted).toBe(true)
  })

  it('sends nothing where a file fails meanwhile, and says what can be done (F77)', async () => {
    const { add, end, inputs } = attached()
    await add(textFile('a.txt'), textFile('b.txt'))
    write('Hi')
    enter()
    await end('a.txt', 'expired')
    expect(isWaiting()).toEqual([true, true])
    await end('a.txt', 'expired')

    expect(refused()).toBe(failed)
    expect(isWaiting()).toEqual([false, false])
    await end('b.txt')
    await settled()
    expect(inputs()).toEqual([])
    expect(input().value).toBe('Hi')
    expect(shownFile('a.txt').dataset['status']).toBe('failed')
    expect(shownFile('b.txt').dataset['status']).toBe('ready')
  })

  it('goes on without a file that is taken out', async () => {
    const { add, inputs, composer } = attached()
    await add(textFile('a.txt'))
    write('Hi')
    enter()
    act(() => composer().files.forEach(composer().removeFile))
    await settled()

    expect(inputs()).toEqual([{ query: 'Hi' }])
  })

  it('sends nothing where nothing is left, and says nothing', async () => {
    const { add, inputs, composer } = attached()
    await add(textFile('a.txt'))
    act(() => sendButton().click())
    expect(isWaiting()).toEqual([true, true])
    act(() => composer().files.forEach(composer().removeFile))
    await settled()

    expect(inputs()).toEqual([])
    expect(refused()).toBeUndefined()
  })

  it('counts a file that is tried again meanwhile among those it waits for', async () => {
    const { add, end, inputs, composer } = attached({ client: {} })
    await add(textFile('a.txt'), textFile('b.txt'))
    await end('a.txt', 'refused')
    write('Hi')
    enter()
    act(() => composer().files.slice(0, 1).forEach(composer().retryFile))
    await settled()
    await end('b.txt')
    expect(inputs()).toEqual([])
    await end('a.txt', 'refused')

    expect(inputs()).toEqual([])
    expect(refused()).toBe(failed)
  })

  it('waits for an input method to be done with the text', async () => {
    const { add, end, inputs } = attached()
    await add(textFile('a.txt'))
    write('Hi')
    enter()
    fireEvent.compositionStart(input())
    write('Hi に')
    await end('a.txt')
    await settled()
    expect(inputs()).toEqual([])
    write('Hi 日')
    fireEvent.compositionEnd(input())
    await settled()

    expect(inputs()).toMatchObject([{ query: 'Hi 日' }])
  })

  it('belongs to its thread, and is over when another one is shown', async () => {
    const { add, end, inputs, show } = attached()
    await add(textFile('a.txt'))
    write('Hi')
    enter()

    show('other')
    expect(isWaiting()).toEqual([false, false])
    await end('a.txt')
    await settled()
    show('current')
    await settled()

    expect(isWaiting()).toEqual([false, false])
    expect(inputs()).toEqual([])
    expect(input().value).toBe('Hi')
    expect(shownFile('a.txt').dataset['status']).toBe('ready')
  })

  it('is over when the composer goes away: nothing is sent that nobody sees, and nothing is lost (F76)', async () => {
    const { add, end, inputs, unmount, thread } = attached()
    await add(textFile('a.txt'))
    write('Hi')
    enter()
    unmount()
    await end('a.txt')
    await settled()

    expect(inputs()).toEqual([])
    expect(thread.draft.getState()).toMatchObject({ query: 'Hi', documents: [{ name: 'a.txt' }] })
  })
})

describe('a send beside a file that has failed', () => {
  it('takes the text and the ready files along, and leaves the failed one with its buttons', async () => {
    const { add, end, inputs } = attached()
    await add(textFile('a.txt'), textFile('b.txt'))
    await end('a.txt', 'refused')
    await end('b.txt')
    write('Hi')
    enter()
    await settled()

    expect(inputs()).toMatchObject([{ query: 'Hi', documents: [{ name: 'b.txt' }] }])
    expect(input().value).toBe('')
    expect(shownFile('a.txt').dataset['status']).toBe('failed')
    expect(screen.getByRole('button', { name: 'Retry a.txt' })).toBeDefined()
    expect(screen.getByRole('button', { name: 'Remove a.txt' })).toBeDefined()
    expect(screen.queryByRole('group', { name: 'b.txt' })).toBeNull()
  })

  it('sends nothing where there is nothing else, and says why', async () => {
    const { add, end, inputs } = attached()
    await add(textFile('a.txt'))
    await end('a.txt', 'refused')
    enter()

    expect(inputs()).toEqual([])
    expect(refused()).toBe(failed)
  })
})

describe('files of which there are too many', () => {
  it('are left out, and counted', async () => {
    const { add } = attached({ limits: { files: 2 } })
    await add(...['a', 'b', 'c', 'd'].map((name) => textFile(`${name}.txt`)))

    expect(screen.getAllByRole('group')).toHaveLength(2)
    expect(refused()).toBe('2 files were left out: a message can have at most 2.')
    write('Hi')
    expect(refused()).toBeUndefined()
  })

  it('are still counted when a run ends that was open meanwhile', async () => {
    const { add, newest } = attached({ limits: { files: 1 } })
    write('Hi')
    enter()
    await newest().emit(delta('x'))
    await add(textFile('a.txt'), textFile('b.txt'))
    const sentence = '1 file was left out: a message can have at most 1.'
    expect(refused()).toBe(sentence)
    await newest().end()

    expect(refused()).toBe(sentence)
  })
})
