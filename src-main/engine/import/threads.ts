// What the threads of an import have in common: where their code lies, and failures on their way from one to another.
import { dirname, extname, join } from 'node:path';
import { AssayError, type Failure } from '../../../shared/contract/errors.ts';

/** The file of a thread's code beside this one: the source, or after the build what was built of it. */
export function threadFile(name: string): string {
  const here = import.meta.filename;
  return join(dirname(here), `${name}${extname(here)}`);
}

/** The error that a thread has sent as a failure. */
export function errorOf({ code, message, details }: Failure): AssayError {
  return new AssayError(code, message, details);
}
