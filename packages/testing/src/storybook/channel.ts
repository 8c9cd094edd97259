/** What the toolbar tells the story. */
export type PlayerCommand =
  | { readonly type: 'play' | 'pause' | 'step' | 'restart' }
  | { readonly type: 'speed'; readonly factor: number }

/** What the story tells the toolbar. */
export interface PlayerReport {
  readonly index: number
  readonly of: number
}

/** The names of both on Storybook's channel. */
export const commandEvent = 'fluokit/command'
export const reportEvent = 'fluokit/report'
