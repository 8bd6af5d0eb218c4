// Gets ready what the first move to a screen would wait for: its code, and the first chart's, each while the window is idle.
import { SCREENS } from './screens.ts';

const whenIdle = (): Promise<void> =>
  new Promise((resolve) => {
    requestIdleCallback(() => resolve());
  });

/** Screens that could not be fetched are fetched again, and their failure shown, when they are opened. */
export async function warmUp(): Promise<void> {
  const charts = async (): Promise<unknown> => (await import('../ui/prepare-charts.ts')).prepareCharts();
  for (const fetch of [charts, ...SCREENS.map(({ load }) => load)]) {
    await whenIdle();
    await fetch().catch(() => undefined);
  }
}
