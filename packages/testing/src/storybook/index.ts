export { fluoDecorator, type StoryContext, type StoryProvider } from './fluo-decorator.ts'
export { storyAgent, type FluoStory } from './stage.ts'
