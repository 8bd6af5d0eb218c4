// One import in a process of its own: `every` or `ai` lines, workspace path, then the sources. Prints rows, size, memory and the longest block.
import { rmSync, statSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createEngine } from '../../src-main/engine/engine.ts';

const [, , lines, workspacePath = '', ...sources] = process.argv;
rmSync(workspacePath, { force: true });
const engine = createEngine({ workspacePath });
const blocks = monitorEventLoopDelay({ resolution: 1 });
blocks.enable();
const report = await engine.call('import.stage', { sources, everyLine: lines === 'every' });
if (report.batchId === null) throw new Error('nothing was staged');
await engine.call('import.commit', { batchId: report.batchId });
blocks.disable();
engine.close();
console.log(
  `${report.rows.read} rows, peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB, ` +
    `workspace ${Math.round(statSync(workspacePath).size / 1e6)} MB, ` +
    `block ${Math.round(blocks.max / 1e6)} ms, usual ${Math.round(blocks.percentile(99) / 1e6)} ms`,
);
