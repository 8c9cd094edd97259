import {
  AssistantRuntimeProvider,
  MessagePartPrimitive,
  MessagePrimitive,
  ThreadPrimitive,
  useAuiState,
} from '@assistant-ui/react'
import { AssistantChatTransport, useChatRuntime } from '@assistant-ui/react-ai-sdk'
import type { UIMessage } from 'ai'
import type { ReactNode } from 'react'
import { offerSend } from '../shared/offer-send.ts'
import { show } from '../shared/show.tsx'

const { history, token } = window.bench
const transport = new AssistantChatTransport({ api: `/api/ai-sdk/${token}` })
const messages: UIMessage[] = history.map(({ id, role, text }) => ({
  id,
  role,
  parts: [{ type: 'text', text }],
}))

function Chat(): ReactNode {
  const runtime = useChatRuntime({ transport, messages })
  offerSend((query) => runtime.thread.append(query))
  return (
    <AssistantRuntimeProvider runtime={runtime}>
      <ThreadPrimitive.Root>
        <ThreadPrimitive.Messages components={{ Message }} />
      </ThreadPrimitive.Root>
    </AssistantRuntimeProvider>
  )
}

function Message(): ReactNode {
  const id = useAuiState((state) => state.message.id)
  window.bench.rendered(id)
  return (
    <MessagePrimitive.Root className="row">
      <MessagePrimitive.Parts components={{ Text }} />
    </MessagePrimitive.Root>
  )
}

// Smoothing, on by default, shows the text about 0.3 s late on purpose: the bench shows it as it comes.
function Text(): ReactNode {
  return <MessagePartPrimitive.Text smooth={false} component="span" />
}

show(() => <Chat />)
