// A chart as a picture that stands by itself: with its title, what it shows, the names of its colours, and a background.
import type { EChartsOption } from 'echarts';
import type { ChartSpec } from './spec.ts';

const TITLE_SPACE = 64;
const LEGEND_SPACE = 40;

/** The option to draw for an export; the drawing itself stays as it is on the screen. */
export function pictureOf(
  title: string,
  describe: string,
  spec: ChartSpec,
  background: string,
): EChartsOption {
  const ink = inkOn(background);
  const named = spec.legend.length > 0;
  return {
    ...spec.option,
    backgroundColor: background,
    title: {
      text: title,
      subtext: describe,
      left: 16,
      top: 12,
      textStyle: { color: ink, fontSize: 15, fontWeight: 600 },
      subtextStyle: { color: ink, fontSize: 11, width: 1160, overflow: 'truncate' },
    },
    ...(named
      ? {
          legend: {
            bottom: 10,
            left: 16,
            icon: 'rect',
            itemWidth: 10,
            itemHeight: 10,
            textStyle: { color: ink, fontSize: 11 },
            data: spec.legend.map(({ label }) => label),
          },
        }
      : {}),
    grid: {
      left: 16,
      right: 24,
      top: TITLE_SPACE + 16,
      bottom: named ? LEGEND_SPACE : 16,
      containLabel: true,
    },
  };
}

/** Dark ink on a light background and the other way round; the background is a hex colour. */
function inkOn(background: string): string {
  const channels = [1, 3, 5].map((at) => Number.parseInt(background.slice(at, at + 2), 16));
  const light = channels.reduce((sum, channel) => sum + channel, 0) / 3;
  return light > 127 ? '#171a21' : '#e9ebf0';
}
