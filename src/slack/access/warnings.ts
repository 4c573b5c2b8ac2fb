import type { Log } from '../../removal/ports.js';
import type { AccessConfig } from './access-config.js';

/** Linq's keys cannot be restricted, so an open door is worth a word at every start. */
export function warnAboutAccess({ access }: { readonly access: AccessConfig }, log: Log): void {
  const { allowed, channels } = access;
  if (allowed.users.length + allowed.groups.length > 0) return;
  const who =
    channels.length > 0
      ? 'Anyone who can write in the conversations of ALLOWED_CHANNELS'
      : 'Anyone in the workspace';
  log.warn(
    {},
    `${who} may remove people from Linq chats: ALLOW_EVERYONE is "true", and no list names anybody`,
  );
}
