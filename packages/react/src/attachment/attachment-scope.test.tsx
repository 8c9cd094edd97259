import { act, screen } from '@testing-library/react'
import { useEffect, type ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import { clientOf, renderWith, takeComplaints } from '../../test/chat.tsx'
import { handDriven } from '../../test/hand-driven.ts'
import { ChatThread, Composer, Message, useComposer } from '../index.ts'

const agent = { agentId: 'agent' }
const cat = 'https://files.example/cat.png?signature=secret'

function renderFile(): ReactNode {
  throw new Error('a file threw')
}

function Given(): ReactNode {
  const { addFile } = useComposer()
  useEffect(() => addFile('image', cat), [addFile])
  return null
}

describe('a file whose rendering throws', () => {
  it('stands by its name in the composer, which goes on', () => {
    renderWith(
      clientOf(handDriven()),
      <ChatThread.Root {...agent}>
        <Composer.Root>
          <Given />
          <Composer.Attachments>{renderFile}</Composer.Attachments>
          <Composer.Input />
        </Composer.Root>
      </ChatThread.Root>,
    )

    expect(screen.getByText('cat.png')).toBeDefined()
    expect(screen.getByRole('textbox', { name: 'Message' })).toBeDefined()
    expect(document.body.innerHTML).not.toContain('secret')
    expect(takeComplaints()).toContain('a file threw')
  })

  it('stands by its name in a message, beside its text', () => {
    const client = clientOf(handDriven())
    renderWith(
      client,
      <ChatThread.Root {...agent}>
        <ChatThread.Messages>
          {() => (
            <Message.Root>
              <Message.Attachments>{renderFile}</Message.Attachments>
              <Message.Parts>{() => <Message.Text />}</Message.Parts>
            </Message.Root>
          )}
        </ChatThread.Messages>
      </ChatThread.Root>,
    )
    act(() => void client.thread(agent).send({ query: 'Look', images: [cat] }))

    const question = screen.getByRole('article', { name: /^You/ })
    expect(question.textContent).toBe('cat.pngLook')
    expect(takeComplaints()).toContain('a file threw')
  })
})
