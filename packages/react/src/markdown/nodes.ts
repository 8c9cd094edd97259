/** What stands in a line: plain text, or something around more of it. */
export type Inline =
  | string
  | { readonly type: 'strong' | 'emphasis' | 'strike'; readonly children: readonly Inline[] }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'break' }
  | LinkNode
  | ImageNode

/** A link; `href` is null where it leads nowhere that a link of an answer may lead. */
export interface LinkNode {
  readonly type: 'link'
  readonly href: string | null
  readonly title: string | null
  readonly children: readonly Inline[]
}

/** An image, which is never fetched: where it lies, and the words that stand for it. */
export interface ImageNode {
  readonly type: 'image'
  readonly href: string | null
  readonly alt: string
}

/** A block of a text. Plain data, which keeps its identity once it cannot change any more. */
export type Block =
  | { readonly type: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly type: 'heading'; readonly level: number; readonly children: readonly Inline[] }
  | { readonly type: 'quote'; readonly children: readonly Block[] }
  | { readonly type: 'rule' }
  /** What is shown as it is, because it is nested too deeply to be shown as what it means. */
  | { readonly type: 'plain'; readonly text: string }
  | CodeNode
  | ListNode
  | TableNode

/** Code, line by line; `isOpen` while its end has not come. The language is null where none is named. */
export interface CodeNode {
  readonly type: 'code'
  readonly language: string | null
  readonly lines: readonly string[]
  readonly isOpen: boolean
}

/** A list; `start` is the first number, or null for bullets. The paragraphs of a loose one stand apart. */
export interface ListNode {
  readonly type: 'list'
  readonly start: number | null
  readonly isLoose: boolean
  readonly items: readonly ItemNode[]
}

/** An item of a list; `isDone` is null where it is no task. */
export interface ItemNode {
  readonly isDone: boolean | null
  readonly children: readonly Block[]
}

/** How a column is aligned, for a page that may run either way; null where the text does not say. */
export type Align = 'start' | 'center' | 'end' | null

export interface TableNode {
  readonly type: 'table'
  readonly align: readonly Align[]
  readonly head: readonly (readonly Inline[])[]
  readonly rows: readonly (readonly (readonly Inline[])[])[]
}
