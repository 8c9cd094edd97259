import { createFluoClient, memoryStorage } from '@fluokit/core'
import { defineScript, scriptedTransport } from '@fluokit/testing'
import { describe, expect, it } from 'vitest'
import { render } from 'vitest-browser-react'
import { FluoProvider, ThreadList } from '../index.ts'

describe('ThreadList.Root', () => {
  it('makes the page no longer where it scrolls in itself, with all of it being answered', async () => {
    const { transport } = scriptedTransport(defineScript('silence', [{ fault: 'stall' }]))
    const client = createFluoClient({ transport, storage: memoryStorage(), userScope: null })
    for (let count = 0; count < 100; count += 1) {
      void client.thread({ agentId: 'agent', threadKey: `${count}` }).send(`Question ${count}`)
    }
    const page = await render(
      <FluoProvider client={client}>
        <ThreadList.Root agentId="agent" style={{ height: 200, overflowY: 'auto' }}>
          <ThreadList.Items>
            {() => (
              <ThreadList.Item>
                <ThreadList.Trigger />
              </ThreadList.Item>
            )}
          </ThreadList.Items>
        </ThreadList.Root>
      </FluoProvider>,
    )
    await expect.element(page.getByText('Question 99')).toBeInTheDocument()

    const { scrollHeight, clientHeight } = document.documentElement
    expect(document.querySelector('nav')?.scrollHeight).toBeGreaterThan(2 * clientHeight)
    expect(scrollHeight).toBeLessThanOrEqual(clientHeight)
    client.dispose()
  })
})
