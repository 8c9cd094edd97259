export * as Suggestions from './parts.ts'
export { SuggestionsRoot, type SuggestionsRootState, type SuggestionsRootProps } from './root.tsx'
export {
  SuggestionsItem,
  type SuggestionAction,
  type SuggestionsItemState,
  type SuggestionsItemProps,
} from './item.tsx'
export type { Suggestion } from './suggestion.ts'
export type { SuggestionsWhen } from './suggestions-when.ts'
