import type { Step } from '@fluokit/testing'
import { say, think } from './say.ts'

/** A long answer in paragraphs. */
export function writeEssay(): readonly Step[] {
  return [...think('A longer answer, then: from the request to the last event.'), ...say(essay, 20)]
}

const essay = `A streaming thread is a conversation that a server keeps and a browser follows.

You send one question. The server opens a run, and instead of making you wait for the whole answer it sends small events as the agent works: the run has started, here are a few words, the agent is thinking, a tool was called, the tool came back, the message is complete.

The browser cannot talk to the agent directly, because the key that pays for the run must stay secret. So a relay stands between them. It holds the key, checks who is asking, and passes events on. The thread's real name never reaches the page either: what the page keeps is a sealed handle that is of no use to anyone else.

Between the network and the screen there are three steps. The bytes become messages, whatever the pieces they arrived in. The messages become events with one meaning each. And the events are folded, one by one, into a plain description of the conversation: turns, runs, messages, parts.

The screen is drawn from that description, at most once a frame. A line that has ended is never drawn again, so a long answer costs no more per word at its end than at its beginning. You can scroll up and read while it goes on below.

Then there is all that can go wrong. A train enters a tunnel and the connection is cut: what arrived stays, and the page says that the answer is not whole. You press Stop: the run ends here and on the server. You close the tab: the question and the thread are still there when you come back. Nothing is sent twice unless you ask for it.

That is the whole idea: an answer you can watch, trust, and return to.`
