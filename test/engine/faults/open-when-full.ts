// Opens a workspace as a window does while no file may grow any more, asks it, and opens it again with room. Run by a test.
import { execFileSync } from 'node:child_process';
import { openForHost } from '../../../src-main/hosts/open-for-host.ts';

const [workspacePath = ''] = process.argv.slice(2);
/** The system refuses to let any file of this process grow beyond a size (EFBIG). */
const limit = (bytes: string): void => {
  execFileSync('prlimit', [`--fsize=${bytes}:unlimited`, '--pid', String(process.pid)]);
};

const found: unknown[] = [];
for (const bytes of ['4096', 'unlimited']) {
  limit(bytes);
  const { engine, isOwner } = await openForHost(workspacePath, { kind: 'open' });
  const { readOnly, recovery } = await engine.call('workspace.info', {});
  const { rows } = await engine.call('import.tieOut', {});
  engine.close();
  found.push({ isOwner, readOnly, recovery, rows: rows.map(({ heldRows }) => heldRows) });
}
limit('unlimited');
process.stdout.write(JSON.stringify(found));
