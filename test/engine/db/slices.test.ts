// Reading much in slices: others come in between, and who stops what is read is heard.
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inSlices } from '../../../src-main/engine/db/slices.ts';

const work = (milliseconds: number): void => {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
};

test('after each long step others get their turn, and a refusal then ends it', async () => {
  let others = 0;
  const watch = async (): Promise<void> => {
    for (;;) {
      await setImmediate();
      others += 1;
      if (others > 100) return;
    }
  };
  void watch();
  let pauses = 0;
  const goOn = inSlices(() => {
    pauses += 1;
    if (pauses === 3) throw new Error('cancelled');
  });
  const steps = async (): Promise<void> => {
    for (let step = 0; step < 10; step++) {
      work(10);
      await goOn();
    }
  };
  await expect(steps()).rejects.toThrow('cancelled');
  expect(pauses).toBe(3);
  expect(others).toBeGreaterThanOrEqual(2);
});
