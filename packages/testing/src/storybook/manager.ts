import { createElement } from 'react'
import { addons, types } from 'storybook/manager-api'
import { PlayerTool } from './player-tool.ts'

// Storybook's manager loads this file for its effect: a tool in the toolbar of stories.
addons.register('fluokit', () => {
  addons.add('fluokit/player', {
    type: types.TOOL,
    title: 'Player of the scripted agent',
    match: ({ viewMode, tabId }) => viewMode === 'story' && !tabId,
    render: () => createElement(PlayerTool),
  })
})
