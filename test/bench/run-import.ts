// One import in a process of its own: workspace path, then the sources. Prints rows and peak memory.
import { rmSync } from 'node:fs';
import { createEngine } from '../../src-main/engine/engine.ts';

const [, , workspacePath = '', ...sources] = process.argv;
rmSync(workspacePath, { force: true });
const engine = createEngine({ workspacePath });
const report = await engine.call('import.stage', { sources });
if (report.batchId === null) throw new Error('nothing was staged');
await engine.call('import.commit', { batchId: report.batchId });
engine.close();
console.log(`${report.rows.read} rows, peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
