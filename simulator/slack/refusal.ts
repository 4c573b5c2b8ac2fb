/** Slack saying no to a Web API call: `{ ok: false, error }`, with details where Slack gives some. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly extra: Record<string, unknown> = {},
  ) {
    super(code);
    this.name = 'Refusal';
  }
}

/** A refusal that explains itself line by line, as `invalid_arguments` and `invalid_blocks` do. */
export function explained(code: string, messages: readonly string[]): Refusal {
  return new Refusal(code, { errors: messages, response_metadata: { messages } });
}
