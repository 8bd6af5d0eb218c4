// A process of its own for the kill test: begins an import and tells its parent when rows have been read.
import { createEngine } from '../../../src-main/engine/engine.ts';

const [, , workspacePath = '', source = ''] = process.argv;
const engine = createEngine({ workspacePath });
engine.onEvent((event) => {
  if (event.type === 'import.progress' && event.progress.rows > 0) process.send?.('reading');
});
await engine.call('import.stage', { sources: [source] });
