/** The shortcuts of manifest.yml: one on every message, and one for everywhere. */
export const ON_MESSAGE = 'remove_from_message';
export const EVERYWHERE = 'remove_participant';
