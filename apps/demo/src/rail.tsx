import type { ThreadSummary } from '@fluokit/core'
import { ThreadList, useFluoThreads } from '@fluokit/react'
import { useCallback, useState, type ReactNode } from 'react'
import { DeleteIcon, EditIcon, PlusIcon } from './icons.tsx'
import { Modal } from './modal.tsx'

interface RailProps {
  readonly agentId: string
  readonly threadKey: string | undefined
  readonly onThreadKeyChange: (threadKey: string) => void
  /** One was chosen, also the one that is shown already. Keep its identity. */
  readonly onChoose: (isNew: boolean) => void
}

/** The person's conversations, to choose from; deleting one asks first. */
export function Rail({ agentId, threadKey, onThreadKeyChange, onChoose }: RailProps): ReactNode {
  const { remove } = useFluoThreads({ agentId })
  const renderThread = useCallback(
    () => (
      <ThreadList.Item>
        <ThreadList.Trigger onClick={() => onChoose(false)} />
        <ThreadList.RenameInput />
        <ThreadList.Rename>
          <EditIcon />
        </ThreadList.Rename>
        <ThreadList.Delete>
          <DeleteIcon />
        </ThreadList.Delete>
      </ThreadList.Item>
    ),
    [onChoose],
  )
  const [doomed, setDoomed] = useState<ThreadSummary | null>(null)
  return (
    <>
      <ThreadList.Root
        agentId={agentId}
        threadKey={threadKey}
        onThreadKeyChange={onThreadKeyChange}
        onDelete={(thread, details) => {
          details.cancel()
          setDoomed(thread)
        }}
      >
        <ThreadList.New onClick={() => onChoose(true)}>
          <PlusIcon />
          New thread
        </ThreadList.New>
        <ThreadList.Empty>No threads yet.</ThreadList.Empty>
        <ThreadList.Items>{renderThread}</ThreadList.Items>
      </ThreadList.Root>
      {doomed !== null && (
        <Modal className="question" label="Delete this thread?" onClose={() => setDoomed(null)}>
          <h2>Delete this thread?</h2>
          <p>
            <strong>{doomed.title ?? 'Untitled'}</strong> and all of its messages go from this
            browser. The thread on the server remains.
          </p>
          <div>
            <button type="button" className="quiet-button" onClick={() => setDoomed(null)}>
              Keep it
            </button>
            <button
              type="button"
              className="quiet-button danger"
              onClick={() => {
                setDoomed(null)
                void remove(doomed)
              }}
            >
              <DeleteIcon />
              Delete
            </button>
          </div>
        </Modal>
      )}
    </>
  )
}
