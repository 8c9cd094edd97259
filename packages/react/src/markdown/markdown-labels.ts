/** The words of `Markdown.Text`. Replace any of them as `markdown` in the `labels` of `FluoProvider`. */
export interface MarkdownLabels {
  /** The name of a block of code; the language is null where none is named. */
  readonly code: (language: string | null) => string
  readonly copyCode: string
  /** The name of a table, which scrolls in itself where it is wide. */
  readonly table: string
  /** The name of an image that says nothing of itself, which is a link. */
  readonly image: string
  readonly taskDone: string
  readonly taskOpen: string
}

/** The English words, used for whatever the labels leave out. */
export const defaultMarkdownLabels: MarkdownLabels = {
  code: (language) => (language === null ? 'Code' : `Code, ${language}`),
  copyCode: 'Copy code',
  table: 'Table',
  image: 'Image',
  taskDone: 'Done',
  taskOpen: 'To do',
}
