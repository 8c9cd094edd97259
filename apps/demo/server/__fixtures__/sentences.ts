// The sentences of labels.ts that several refusals share, spelled out: the tests would not see a label change otherwise.
export const notAccepted = 'The server did not accept this message.'
export const notHere = 'This assistant is not available here.'
export const hadProblem = 'The assistant had a problem.'
export const tooLarge = 'This is too large to send or to show.'

