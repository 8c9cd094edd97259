import { act, fireEvent, screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { settled } from '../../test/chat.tsx'
import {
  ask,
  button,
  input,
  listed,
  openThreadList,
  press,
  trigger,
} from '../../test/thread-list-page.tsx'
import { ThreadList } from '../index.ts'

const two = [
  ['a', 'First'],
  ['b', 'Second'],
] as const

const field = (): HTMLInputElement => screen.getByRole('textbox', { name: 'Title' })
const isRenaming = (): boolean => screen.queryByRole('textbox', { name: 'Title' }) !== null
const write = (value: string): boolean => fireEvent.change(field(), { target: { value } })

describe('ThreadList.Rename', () => {
  it('opens the input in the place of the title, with all of it selected', async () => {
    await openThreadList(two, { threadKey: 'b' })

    press(button('Rename First'))

    expect(document.activeElement).toBe(field())
    expect(field().value).toBe('First')
    expect([field().selectionStart, field().selectionEnd]).toEqual([0, 'First'.length])
    expect(listed()).toEqual(['[Second]', '(input)'])
    expect(screen.queryByRole('button', { name: 'Rename First' })).toBeNull()
    expect(field().closest('li')?.dataset['renaming']).toBe('')
    expect(button('Delete First')).toBeDefined()
  })

  it('is F2 on a trigger, where there is an input', async () => {
    await openThreadList(two, { threadKey: 'a' })
    expect(fireEvent.keyDown(trigger('First'), { key: 'F2' })).toBe(false)
    expect(field().value).toBe('First')
  })

  it('is no key where there is none', async () => {
    await openThreadList(two, {
      item: () => (
        <ThreadList.Item>
          <ThreadList.Trigger />
        </ThreadList.Item>
      ),
    })

    expect(fireEvent.keyDown(trigger('First'), { key: 'F2' })).toBe(true)
    expect(listed()).toEqual(['Second', 'First'])
  })

  it('does nothing of its own where there is none', async () => {
    await openThreadList(two, {
      item: () => (
        <ThreadList.Item>
          <ThreadList.Trigger />
          <ThreadList.Rename />
        </ThreadList.Item>
      ),
    })

    press(button('Rename First'))

    expect(listed()).toEqual(['Second', 'First'])
    expect(button('Rename First')).toBeDefined()
  })

  it('is over when the conversation is gone, and begins in no other of its name', async () => {
    const { client } = await openThreadList([['current', 'First']])
    press(button('Rename First'))
    act(() => client.thread({ agentId: 'agent' }).reset())
    await settled()
    act(() => input().focus())

    ask('Second')
    await settled()

    expect(listed()).toEqual(['[Second…]', 'First'])
    expect(document.activeElement).toBe(input())
  })

  it('renames one at a time', async () => {
    await openThreadList(two)
    press(button('Rename First'))
    write('One')

    press(button('Rename Second'))
    await settled()

    expect(screen.getAllByRole('textbox', { name: 'Title' })).toHaveLength(1)
    expect(field().value).toBe('Second')
    expect(trigger('One')).toBeDefined()
  })
})

describe('ThreadList.RenameInput', () => {
  it('saves with Enter, and gives the focus back to the trigger', async () => {
    const { client } = await openThreadList(two, { threadKey: 'b' })
    press(button('Rename First'))
    write('  The very first  ')

    expect(fireEvent.keyDown(field(), { key: 'Enter' })).toBe(false)
    await settled()

    expect(listed()).toEqual(['[Second]', 'The very first'])
    expect(document.activeElement).toBe(trigger('The very first'))
    expect(client.threads.getState()[1]?.title).toBe('The very first')
  })

  it('leaves the title with Escape, which nobody else hears of', async () => {
    const onKeyDown = vi.fn<() => void>()
    await openThreadList(two, { onKeyDown })
    press(button('Rename First'))
    write('Never mind')

    fireEvent.keyDown(field(), { key: 'Escape' })
    await settled()

    expect(listed()).toEqual(['Second', 'First'])
    expect(document.activeElement).toBe(trigger('First'))
    expect(onKeyDown).not.toHaveBeenCalled()
  })

  it('saves when it is left, and leaves the focus where it goes', async () => {
    await openThreadList(two)
    press(button('Rename First'))
    write('One')

    press(trigger('Second'))
    await settled()

    expect(listed()).toEqual(['[Second]', 'One'])
    expect(document.activeElement).toBe(trigger('Second'))
  })

  it('stays while only the window is left', async () => {
    await openThreadList(two)
    press(button('Rename First'))

    fireEvent.blur(field()) // and the input is still what has the focus in the page

    expect(isRenaming()).toBe(true)
  })

  it.each([
    ['isComposing (A11y 18)', { isComposing: true }],
    ['the key code 229 (A11y 19)', { keyCode: 229 }],
  ])('leaves Enter and Escape to an input method that says %s', async (_, init) => {
    await openThreadList(two)
    press(button('Rename First'))
    write('こん')

    for (const key of ['Enter', 'Escape']) {
      expect(fireEvent.keyDown(field(), { key, ...init })).toBe(true)
    }

    expect(field().value).toBe('こん')
  })

  it('brings the first words back when it is emptied', async () => {
    await openThreadList(two)
    press(button('Rename First'))
    write('One')
    fireEvent.keyDown(field(), { key: 'Enter' })
    await settled()
    press(button('Rename One'))
    write('  ')
    fireEvent.keyDown(field(), { key: 'Enter' })
    await settled()

    expect(listed()).toEqual(['Second', 'First'])
  })

  it('makes no title of the first words that nobody has changed', async () => {
    const { client } = await openThreadList(two)
    const rename = vi.spyOn(client, 'renameThread')
    press(button('Rename First'))

    fireEvent.keyDown(field(), { key: 'Enter' })

    expect(isRenaming()).toBe(false)
    expect(rename).not.toHaveBeenCalled()
  })

  it('leaves a key to a handler that has prevented it', async () => {
    await openThreadList(two, {
      item: () => (
        <ThreadList.Item>
          <ThreadList.Trigger />
          <ThreadList.Rename />
          <ThreadList.RenameInput onKeyDown={(event) => event.preventDefault()} />
        </ThreadList.Item>
      ),
    })
    press(button('Rename First'))

    fireEvent.keyDown(field(), { key: 'Escape' })

    expect(isRenaming()).toBe(true)
  })
})
