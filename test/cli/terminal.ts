// Runs a command line in this process and keeps what it writes and how it ends.
import { run } from '../../src-main/cli/run.ts';

export type Ended = { readonly code: number; readonly out: string; readonly err: string };

export async function assay(workspace: string, ...argv: string[]): Promise<Ended> {
  let out = '';
  let err = '';
  const code = await run(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    terminal: false,
    env: { ASSAY_WORKSPACE: workspace },
  });
  return { code, out, err };
}
