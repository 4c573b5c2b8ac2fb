/** What adding back does not do, for whoever asks for it and whoever approves it. The first line heads it. */
export const NOT_DONE = [
  'What this does not do',
  '• Nothing that was written in between is restored: they see what comes after.',
  '• Linq may refuse: an SMS group, or a chat that uses another service than the person.',
  '• It is not undone by itself: to take them out again, run /linq-remove.',
].join('\n');
