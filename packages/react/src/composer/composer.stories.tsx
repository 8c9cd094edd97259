import { defineScript, scripts } from '@fluokit/testing'
import { storyAgent } from '@fluokit/testing/storybook'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor } from 'storybook/test'
import { useEffect, type ReactNode } from 'react'
import { ChatThread } from '../chat-thread/index.ts'
import { Composer, useComposer, type ComposerRootProps } from './index.ts'

/** Where a person writes. Enter sends, Shift+Enter begins a line; the input is never disabled. */
const meta = {
  title: 'Composer',
  component: ChatThread.Default,
  args: { agentId: storyAgent },
  parameters: { fluo: { message: null } },
} satisfies Meta<typeof ChatThread.Default>

export default meta

type Story = StoryObj<typeof meta>

/** Something to send. */
export const Written: Story = {
  play: async ({ canvas }) => {
    await userEvent.type(
      canvas.getByRole('textbox', { name: 'Message' }),
      'One line{Shift>}{Enter}{/Shift}and another',
    )
    await expect(canvas.getByRole('textbox')).toHaveValue('One line\nand another')
    await expect(canvas.getByRole('button', { name: 'Send' })).toHaveAttribute(
      'aria-disabled',
      'false',
    )
  },
}

/** Enter sends: the input is empty at once, and the question stands in the log. */
export const Sent: Story = {
  parameters: { fluo: { script: scripts.greeting } },
  play: async ({ canvas }) => {
    await userEvent.type(canvas.getByRole('textbox', { name: 'Message' }), 'Hello there{Enter}')
    await expect(canvas.getByRole('textbox')).toHaveValue('')
    await expect(await canvas.findByText('Hello there')).toBeVisible()
  },
}

/** While an answer arrives a person can write on; it cannot be sent yet, and it stays. */
export const WhileRunning: Story = {
  parameters: { fluo: { message: 'Hello', script: defineScript('silence', [{ fault: 'stall' }]) } },
  play: async ({ canvas }) => {
    await canvas.findByText('Connecting…')
    await userEvent.type(canvas.getByRole('textbox', { name: 'Message' }), 'And then{Enter}')
    await expect(canvas.getByRole('textbox')).toHaveValue('And then')
    await expect(canvas.getByRole('button', { name: 'Stop' })).toHaveAttribute(
      'aria-disabled',
      'false',
    )
  },
}

/** Longer than can be sent: every character stays, and the sentence says by how much. */
export const OverTheLimit: Story = {
  render: () => <Alone maxLength={20} defaultValue="Twenty-one characters" />,
  play: async ({ canvas }) => {
    const input = canvas.getByRole('textbox', { name: 'Message' })
    await expect(input).toHaveAccessibleDescription(/21 characters, and at most 20 can be sent/)
    await userEvent.type(input, '{Enter}')
    await expect(input).toHaveValue('Twenty-one characters')
    await expect(input).toBeInvalid()
  },
}

/** Send pressed while an answer arrives: the text stays, and the sentence says why. */
export const RefusedWhileRunning: Story = {
  parameters: { fluo: { message: 'Hello', script: defineScript('silence', [{ fault: 'stall' }]) } },
  render: () => <Alone />,
  play: async ({ canvas }) => {
    const input = canvas.getByRole('textbox', { name: 'Message' })
    await waitFor(() =>
      expect(canvas.getByRole('button', { name: 'Stop' })).toHaveAttribute(
        'aria-disabled',
        'false',
      ),
    )
    await userEvent.type(input, 'And then{Enter}')
    await expect(canvas.getByText(/An answer is still arriving/)).toBeVisible()
    await expect(input).toHaveValue('And then')
  },
}

/** Enter begins a line; Control or Command with it sends. */
export const ModEnter: Story = {
  render: () => <Alone submitMode="mod-enter" />,
  play: async ({ canvas }) => {
    const input = canvas.getByRole('textbox', { name: 'Message' })
    await expect(input).toHaveAccessibleDescription(/Control\+Enter or Command\+Enter sends/)
    await userEvent.type(input, 'One{Enter}two')
    await expect(input).toHaveValue('One\ntwo')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect(input).toHaveValue('')
  },
}

/** What Enter does, in words under the input. */
export const WithHint: Story = {
  render: () => <Alone />,
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('textbox', { name: 'Message' })).toHaveAccessibleDescription(
      'Enter sends, Shift+Enter begins a line.',
    )
  },
}

/** Files that go with the next turn. One that is taken out hands its focus to its neighbour. */
export const WithAttachments: Story = {
  render: () => (
    <Alone files={['https://files.example/cat.png', 'https://files.example/dog.png']} />
  ),
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Remove cat.png' }))
    await expect(canvas.getByRole('button', { name: 'Remove dog.png' })).toHaveFocus()
    await expect(canvas.queryByText('cat.png')).toBeNull()
  },
}

function Alone({
  files = [],
  ...props
}: ComposerRootProps & { readonly files?: readonly string[] }): ReactNode {
  return (
    <ChatThread.Root agentId={storyAgent}>
      <ChatThread.Viewport />
      <Composer.Root {...props}>
        <Given files={files} />
        <Composer.Attachments>
          {({ name }) => (
            <span>
              <bdi>{name}</bdi> <Composer.RemoveAttachment>×</Composer.RemoveAttachment>
            </span>
          )}
        </Composer.Attachments>
        <Composer.Error />
        <Composer.Input />
        <Composer.Stop />
        <Composer.Send />
        <Composer.Hint />
      </Composer.Root>
    </ChatThread.Root>
  )
}

function Given({ files }: { readonly files: readonly string[] }): ReactNode {
  const { addFile } = useComposer()
  useEffect(() => {
    for (const file of files) addFile('image', file)
  }, [files, addFile])
  return null
}
