// Which addresses may be handed to the user's browser: pages of AWS's documentation and price lists, over https.

const ALLOWED_HOSTS: ReadonlySet<string> = new Set(['aws.amazon.com', 'docs.aws.amazon.com']);

/** The address in its normal form, or null when it must not be opened. */
export function externalAddress(value: unknown): string | null {
  if (typeof value !== 'string' || !URL.canParse(value)) return null;
  const url = new URL(value);
  const isPlain = url.username === '' && url.password === '' && url.port === '';
  return url.protocol === 'https:' && isPlain && ALLOWED_HOSTS.has(url.hostname) ? url.href : null;
}
