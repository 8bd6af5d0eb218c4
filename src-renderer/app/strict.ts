// What a strict content security policy asks of the page before anything else runs: no eval in schemas, the nonce on styles.
import { setNonce } from 'get-nonce';
import { z } from 'zod';

z.config({ jitless: true });

/** Put into the page for this one load by whoever serves it. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
setNonce(nonce);
