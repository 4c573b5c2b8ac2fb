import { isObject, type Json, listOf, parseJson, textOf } from './json.js';
import type { Messages } from './messages.js';
import { type MethodTable, required } from './method.js';
import { Refusal } from './refusal.js';
import type { World } from './world.js';

/** A file as people find it in a conversation. */
export interface SharedFile {
  readonly id: string;
  readonly name: string;
  readonly channel: string;
  readonly content: string;
}

interface FileDeps {
  readonly world: World;
  readonly messages: Messages;
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
}

/** Files come in three steps: an address is asked for, the bytes go there, and the file is shared. */
export function createFiles({ world, messages, origin }: FileDeps) {
  const waiting = new Map<string, { readonly name: string; content: string | null }>();
  const shared: SharedFile[] = [];
  const scope = 'files:write';

  function getUploadUrl(args: Json): Json {
    const name = required(args, 'filename');
    required(args, 'length');
    const id = world.newId('F');
    waiting.set(id, { name, content: null });
    return { upload_url: `${origin}/upload/${id}`, file_id: id };
  }

  function complete(args: Json): Json {
    const channel = world.channels.get(required(args, 'channel_id'));
    if (!channel?.members.has(world.botUserId)) throw new Refusal('channel_not_found');
    const files = listOf(typeof args.files === 'string' ? parseJson(args.files) : args.files);
    const ids = files.map((file) => (isObject(file) ? (textOf(file.id) ?? '') : ''));
    for (const id of ids) {
      const file = waiting.get(id);
      if (!file || file.content === null) throw new Refusal('file_not_found');
      shared.push({ id, name: file.name, channel: channel.id, content: file.content });
      waiting.delete(id);
      messages.post(channel, { text: file.name, blocks: [], parsed: false });
    }
    return { files: ids.map((id) => ({ id })) };
  }

  const methods: MethodTable = {
    'files.getUploadURLExternal': { token: 'bot', scope, act: getUploadUrl },
    'files.completeUploadExternal': { token: 'bot', scope, act: complete },
  };

  return {
    methods,
    shared,
    /** The bytes of a file; false when the address was not given out. */
    receive(id: string, content: string): boolean {
      const file = waiting.get(id);
      if (file) file.content = content;
      return file !== undefined;
    },
  };
}
