import { WebAPIPlatformError } from '@slack/web-api';

/** The scope that Slack says our token lacks; null when that is not what went wrong. */
export function missingScope(error: unknown): string | null {
  if (!(error instanceof WebAPIPlatformError) || error.data.error !== 'missing_scope') return null;
  const needed: unknown = Reflect.get(error.data, 'needed');
  return typeof needed === 'string' && needed ? needed : 'unknown';
}

/** What the operator reads in the log. */
export function aboutScope(scope: string): string {
  return `Slack refused because the app lacks the scope ${scope}: add it as in manifest.yml, then reinstall the app to the workspace`;
}
