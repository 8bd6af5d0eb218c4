// The page's only way out: `window.assay`, put there by the preload script or by the browser mode's own script.
import { AssayError } from '../shared/contract/errors.ts';
import { failure } from '../shared/contract/failure.ts';
import type { Input, Method, Output } from '../shared/contract/methods.ts';
import type { Answer, Bridge } from '../shared/contract/protocol.ts';

declare global {
  interface Window {
    readonly assay: Bridge;
  }
}

/** Calls the engine. Rejects with `AssayError`, whichever process the failure came from. */
export async function call<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
  const answer = JSON.parse(await window.assay.call(method, input)) as Answer;
  if ('output' in answer) return answer.output as Output<M>;
  const { code, message, details } = failure.parse(answer.failure);
  throw new AssayError(code, message, details);
}
