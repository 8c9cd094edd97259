/**
 * What a person's Storybook has already, and nothing that asks the network. It goes without the type that Storybook's
 * installer writes: Storybook's own declarations fail with TypeScript 7, and here every declaration is checked.
 */
export const storybookFiles: Readonly<Record<string, string>> = {
  '.storybook/main.ts': `export default {
  stories: ['../*.stories.tsx'],
  framework: '@storybook/react-vite',
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
}
`,
}
