/** The app's one slash command. */
export const COMMAND = '/linq-remove';
