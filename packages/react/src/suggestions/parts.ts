export { SuggestionsRoot as Root } from './root.tsx'
export { SuggestionsItem as Item } from './item.tsx'
