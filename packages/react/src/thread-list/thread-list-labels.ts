/** The words of `ThreadList`. Replace any of them as `threadList` in the `labels` of `FluoProvider`. */
export interface ThreadListLabels {
  /** The name of the list. */
  readonly list: string
  /** The title of a conversation that has none. */
  readonly untitled: string
  /** What a screen reader hears behind the title of one that is being answered. */
  readonly running: string
  /** Begins a conversation. */
  readonly new: string
  /** Stands where there is none. */
  readonly empty: string
  readonly rename: string
  /** The name of what renames this one. Has `rename` in it, which people see. */
  readonly renameThread: (title: string) => string
  /** The name of the input for a title. */
  readonly title: string
  readonly delete: string
  /** The name of what deletes this one. Has `delete` in it, which people see. */
  readonly deleteThread: (title: string) => string
  /** Said, and not shown, once it is deleted. */
  readonly announceDeleted: (title: string) => string
}

/** The English words, used for whatever the labels leave out. */
export const defaultThreadListLabels: ThreadListLabels = {
  list: 'Conversations',
  untitled: 'Untitled',
  running: 'Answering',
  new: 'New conversation',
  empty: 'No conversations yet.',
  rename: 'Rename',
  renameThread: (title) => `Rename ${title}`,
  title: 'Title',
  delete: 'Delete',
  deleteThread: (title) => `Delete ${title}`,
  announceDeleted: (title) => `Deleted ${title}.`,
}
