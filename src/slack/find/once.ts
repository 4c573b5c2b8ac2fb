import type { LookUp } from '../../removal/review.js';

/** The same look-ups, each asked once: finding a person and reviewing what would happen to them share an answer. */
export function askingOnce(linq: LookUp): LookUp {
  const chats = new Map<string, ReturnType<LookUp['readChat']>>();
  const people = new Map<string, ReturnType<LookUp['chatsOf']>>();
  return {
    readChat: (chatId) => kept(chats, chatId, () => linq.readChat(chatId)),
    chatsOf: (handle, signal) => kept(people, handle, () => linq.chatsOf(handle, signal)),
  };
}

function kept<Answer>(answers: Map<string, Answer>, key: string, ask: () => Answer): Answer {
  const known = answers.get(key);
  if (known !== undefined) return known;
  const answer = ask();
  answers.set(key, answer);
  return answer;
}
