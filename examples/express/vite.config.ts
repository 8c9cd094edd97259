import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'page',
  plugins: [react()],
  // An agent's ID is no secret: the page may know it. No other variable of Fluo's may go into the page.
  envPrefix: ['VITE_', 'FLUO_AGENT_ID'],
})
