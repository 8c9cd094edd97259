import { scripts } from '@fluokit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent } from 'storybook/test'
import { StoryComposer } from '../../test/story-composer.tsx'
import { Composer } from './index.ts'

/** Which key sends, `submitMode` of `Composer.Root`, and the hint that says so. */
const meta = {
  title: 'Composer/Hint',
  component: Composer.Root,
  render: (args) => <StoryComposer {...args} />,
  parameters: { fluo: { message: null, script: scripts.greeting } },
} satisfies Meta<typeof Composer.Root>

export default meta

type Story = StoryObj<typeof meta>
type Play = NonNullable<Story['play']>

/** Reads the hint, writes two lines with one key, and sends them with another. */
function tries(keys: { hint: string; line: string; send: string }): Play {
  return async ({ canvas }) => {
    const input = canvas.getByRole('textbox', { name: 'Message' })
    await expect(input).toHaveAccessibleDescription(keys.hint)
    await expect(canvas.getByText(keys.hint)).toBeVisible()
    await userEvent.type(input, `One${keys.line}two`)
    await expect(input).toHaveValue('One\ntwo')
    await userEvent.keyboard(keys.send)
    await expect(input).toHaveValue('')
    await expect(await canvas.findByRole('article', { name: /^You/ })).toHaveTextContent('One two')
  }
}

/** `enter`, the default. */
export const Enter: Story = {
  play: tries({
    hint: 'Enter sends, Shift+Enter begins a line.',
    line: '{Shift>}{Enter}{/Shift}',
    send: '{Enter}',
  }),
}

/** `shift-enter`: for long texts. */
export const ShiftEnter: Story = {
  args: { submitMode: 'shift-enter' },
  play: tries({
    hint: 'Shift+Enter sends, Enter begins a line.',
    line: '{Enter}',
    send: '{Shift>}{Enter}{/Shift}',
  }),
}

/** `mod-enter`: Control, or Command on a Mac. */
export const ModEnter: Story = {
  args: { submitMode: 'mod-enter' },
  play: tries({
    hint: 'Control+Enter or Command+Enter sends, Enter begins a line.',
    line: '{Enter}',
    send: '{Control>}{Enter}{/Control}',
  }),
}

/** `none`: only the button sends. */
export const None: Story = {
  args: { submitMode: 'none' },
  play: async ({ canvas }) => {
    const input = canvas.getByRole('textbox', { name: 'Message' })
    await expect(input).toHaveAccessibleDescription('Enter begins a line.')
    await userEvent.type(input, 'One{Enter}two{Control>}{Enter}{/Control}')
    await expect(canvas.queryByRole('article')).toBeNull()
    await userEvent.click(canvas.getByRole('button', { name: 'Send' }))
    await expect(await canvas.findByRole('article', { name: /^You/ })).toHaveTextContent('One two')
  },
}
