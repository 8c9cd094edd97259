import '@fluokit/testing/storybook/manager'
