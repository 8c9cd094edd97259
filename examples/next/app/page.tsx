import { Chat } from './chat'

export const dynamic = 'force-dynamic' // the agent's ID is read where the page runs, not where it was built

export default function Page() {
  return <Chat agentId={process.env.FLUO_AGENT_ID ?? ''} />
}
