// Imports a bill and closes the workspace while no file may grow any more; then opens it again, with room. Run by a test.
import { execFileSync } from 'node:child_process';
import { createEngine } from '../../../src-main/engine/engine.ts';

const [workspacePath = '', bill = ''] = process.argv.slice(2);
/** The system refuses to let any file of this process grow beyond a size (EFBIG). */
const limit = (bytes: string): void => {
  execFileSync('prlimit', [`--fsize=${bytes}:unlimited`, '--pid', String(process.pid)]);
};

const engine = createEngine({ workspacePath });
const { batchId } = await engine.call('import.stage', { sources: [bill] });
await engine.call('import.commit', { batchId: batchId ?? 0 });
limit('4096');
engine.close();
limit('unlimited');
const again = createEngine({ workspacePath });
const { rows } = await again.call('import.tieOut', {});
again.close();
process.stdout.write(JSON.stringify(rows.map(({ heldRows, agrees }) => [heldRows, agrees])));
