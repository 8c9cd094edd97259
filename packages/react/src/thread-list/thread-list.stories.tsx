import { deltaSteps, defineScript, scripts } from '@fluokit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { useRef, useState, type ReactNode } from 'react'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import { StoryThreads, type StoryThreadsProps } from '../../test/story-threads.tsx'
import { useFluoThreads } from '../use-fluo-threads.ts'
import type { ThreadListRootProps } from './index.ts'

/** The conversations of a person, beside the one that is shown. */
const meta = {
  title: 'ThreadList',
  component: StoryThreads,
  args: { questions: ['How do threads work?', 'Compare the two policies', 'What is 17 times 23?'] },
  parameters: { fluo: { message: null, script: scripts.greeting } },
} satisfies Meta<StoryThreadsProps>

export default meta

type Story = StoryObj<typeof meta>
type Canvas = ReturnType<typeof within>

const busy = defineScript('long', [
  { event: { type: 'run_start' } },
  ...deltaSteps('An answer that takes its time', 60),
  { fault: 'stall' },
])

/** The list, once it has so many conversations. */
async function findItems(canvas: Canvas, count: number): Promise<readonly HTMLElement[]> {
  const nav = await canvas.findByRole('navigation')
  return waitFor(() => {
    const items = within(nav).queryAllByRole('listitem')
    if (items.length !== count) throw new Error(`There are ${items.length} and not ${count}.`)
    return items
  })
}

/** The newest first. A press shows one, and the list says which. */
export const Several: Story = {
  play: async ({ canvas }) => {
    await findItems(canvas, 3)
    await userEvent.click(canvas.getByRole('button', { name: 'Compare the two policies' }))
    await expect(canvas.getByRole('button', { current: true })).toHaveTextContent(/^Compare/)
    await expect(await canvas.findByText(/scripted agent/)).toBeVisible()
  },
}

/** One is being answered, and goes on being while another is shown: three dots, and a word for a screen reader. */
export const OneIsRunning: Story = {
  parameters: { fluo: { message: null, script: [scripts.greeting, scripts.greeting, busy] } },
  play: async ({ canvas }) => {
    await findItems(canvas, 3)
    const running = await canvas.findByRole('button', { name: 'What is 17 times 23? Answering' })
    await expect(running).toHaveAttribute('data-running')
    await userEvent.click(running)
    await expect(await canvas.findByText(/An answer that takes/)).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'How do threads work?' }))
    await expect(running).toHaveAttribute('data-running')
  },
}

/** New shows a conversation in which nothing was asked, and never a second one. It is in the list from its first question on. */
export const Begun: Story = {
  play: async ({ canvas }) => {
    await findItems(canvas, 3)
    await userEvent.click(canvas.getByRole('button', { name: 'New conversation' }))
    await userEvent.type(canvas.getByRole('textbox', { name: 'Message' }), 'And one more?{Enter}')
    const [first] = await findItems(canvas, 4)
    await expect(first).toHaveTextContent('And one more?')
  },
}

/** Rename opens an input in the place of the title, with all of it selected. Enter saves. */
export const Renamed: Story = {
  play: async ({ canvas }) => {
    await findItems(canvas, 3)
    await userEvent.click(canvas.getByRole('button', { name: 'Rename How do threads work?' }))
    await expect(canvas.getByRole('textbox', { name: 'Title' })).toHaveFocus()
    await userEvent.keyboard('Threads{Enter}')
    await expect(await canvas.findByRole('button', { name: 'Threads' })).toHaveFocus()
  },
}

/** While the title is written: F2 has begun it. */
export const Renaming: Story = {
  play: async ({ canvas }) => {
    await findItems(canvas, 3)
    canvas.getByRole('button', { name: 'Compare the two policies' }).focus()
    await userEvent.keyboard('{F2}The two policies')
    await expect(canvas.getByRole('textbox', { name: 'Title' })).toHaveValue('The two policies')
  },
}

/** What is deleted hands its focus to the next conversation. */
export const Deleted: Story = {
  args: { onDelete: fn<NonNullable<ThreadListRootProps['onDelete']>>() },
  play: async ({ args, canvas }) => {
    await findItems(canvas, 3)
    await userEvent.click(canvas.getByRole('button', { name: 'Delete Compare the two policies' }))
    await findItems(canvas, 2)
    await expect(canvas.getByRole('button', { name: 'How do threads work?' })).toHaveFocus()
    await expect(args.onDelete).toHaveBeenCalledWith(
      expect.objectContaining({ title: 'Compare the two policies' }),
      expect.objectContaining({ reason: 'delete-press' }),
    )
  },
}

/** `onDelete` cancels, asks, and the app removes it itself: the focus goes on all the same. */
export const AskedFirst: Story = {
  render: (args) => <Asking {...args} />,
  play: async ({ canvas }) => {
    await findItems(canvas, 3)
    await userEvent.click(canvas.getByRole('button', { name: 'Delete Compare the two policies' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Yes' }))
    await findItems(canvas, 2)
    await expect(canvas.getByRole('button', { name: 'How do threads work?' })).toHaveFocus()
    await userEvent.click(canvas.getByRole('button', { name: 'Delete How do threads work?' }))
    const dialog = canvas.getByRole<HTMLDialogElement>('dialog')
    const closed = new Promise((resolve) => dialog.addEventListener('close', resolve))
    dialog.close() // as Escape does, which a script's keyboard cannot press for a dialog
    await closed
    await userEvent.click(canvas.getByRole('button', { name: 'How do threads work?' }))
    await findItems(canvas, 2)
  },
}

function Asking(props: StoryThreadsProps): ReactNode {
  const { remove } = useFluoThreads()
  const [asked, setAsked] = useState<Parameters<typeof remove>[0]>()
  const dialogRef = useRef<HTMLDialogElement>(null)
  return (
    <>
      <StoryThreads
        {...props}
        onDelete={(thread, details) => {
          details.cancel()
          setAsked(thread)
          if (dialogRef.current === null) return
          dialogRef.current.returnValue = '' // Escape would leave the last answer in it
          dialogRef.current.showModal()
        }}
      />
      <dialog
        ref={dialogRef}
        translate="no"
        aria-label="Delete it?"
        onClose={({ currentTarget }) => {
          if (currentTarget.returnValue === 'yes' && asked) void remove(asked)
        }}
      >
        <form method="dialog">
          <button value="no">No</button> <button value="yes">Yes</button>
        </form>
      </dialog>
    </>
  )
}

/** Arrow keys, Home and End move from one to another; Tab goes on to what can be done with it. */
export const ByKeyboard: Story = {
  play: async ({ canvas }) => {
    await findItems(canvas, 3)
    canvas.getByRole('button', { name: 'New conversation' }).focus()
    await userEvent.tab()
    await expect(canvas.getByRole('button', { name: 'What is 17 times 23?' })).toHaveFocus()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}')
    await expect(canvas.getByRole('button', { name: 'How do threads work?' })).toHaveFocus()
    await userEvent.tab()
    await expect(canvas.getByRole('button', { name: /^Rename How/ })).toHaveFocus()
    await userEvent.tab()
    await userEvent.tab()
    await expect(canvas.getByRole('log')).toHaveFocus()
  },
}

/** A question of a picture alone gives no title. */
export const Untitled: Story = {
  args: { questions: [''] },
  play: async ({ canvas }) => {
    await findItems(canvas, 1)
    await expect(canvas.getByText('Untitled')).toBeVisible()
  },
}

/** No conversation yet. */
export const Empty: Story = {
  args: { questions: [] },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('No conversations yet.')).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'New conversation' })).toHaveAttribute(
      'data-active',
    )
  },
}

/** Titles longer than the list is wide. */
export const LongTitles: Story = {
  args: {
    questions: [
      'Please compare the travel policies of 2025 and 2026 paragraph by paragraph',
      'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
    ],
  },
  play: async ({ canvas }) => {
    const nav = await canvas.findByRole('navigation')
    await findItems(canvas, 2)
    await expect(nav.scrollWidth).toBeLessThanOrEqual(nav.clientWidth)
  },
}

/** A page that runs from right to left, with titles that run both ways. */
export const RightToLeft: Story = {
  args: { questions: ['ما هي سياسة السفر؟', 'What is the travel policy?'] },
  globals: { direction: 'rtl' },
  play: async ({ canvas }) => {
    const [english] = await findItems(canvas, 2)
    await expect(english).toHaveTextContent('What is the travel policy?')
    await expect(canvas.getByText('ما هي سياسة السفر؟')).toBeVisible()
  },
}

/** Three hundred: one tab stop, and the last of them by one key. */
export const ThreeHundred: Story = {
  args: {
    questions: Array.from({ length: 300 }, (_, at) => `Question number ${at + 1}`),
    isHasty: true,
  },
  parameters: { fluo: { message: null, script: scripts.finalOnly } },
  play: async ({ canvas }) => {
    const nav = await canvas.findByRole('navigation')
    const triggers = nav.getElementsByTagName('button')
    await waitFor(() => expect(triggers).toHaveLength(901))
    ;(triggers[1] as HTMLElement).focus()
    await userEvent.keyboard('{End}')
    await expect(triggers[898]).toHaveFocus()
    await expect(triggers[898]).toBeVisible()
  },
}

/** What the parts bring by themselves: a navigation with a list of buttons. */
export const Unstyled: Story = {
  parameters: { unstyled: true },
  play: async ({ canvas }) => {
    await findItems(canvas, 3)
    await userEvent.click(canvas.getByRole('button', { name: 'How do threads work?' }))
    await expect(canvas.getByRole('button', { current: true })).toHaveTextContent(/^How/)
  },
}
