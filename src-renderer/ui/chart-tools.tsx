// The buttons of a chart: table view, and export as PNG, SVG or CSV.
import { ActionIcon, Menu } from '@mantine/core';
import { IconChartBar, IconDownload, IconTable } from '@tabler/icons-react';
import type { ECharts } from 'echarts/core';
import { memo, type RefObject } from 'react';
import { pictureOf } from '../../shared/charts/picture.ts';
import type { ChartSpec } from '../../shared/charts/spec.ts';
import { toCsv } from '../../shared/format/delimited.ts';
import { download } from './download.ts';
import { echarts } from './echarts.ts';
import { Hint } from './hint.tsx';

type Props = {
  readonly title: string;
  readonly describe: string;
  /** The drawing as it stands when something is done with it. */
  readonly spec: RefObject<ChartSpec>;
  readonly chart: RefObject<ECharts | null>;
  readonly asTable: boolean;
  readonly onTable: (asTable: boolean) => void;
};

const EXPORT_SIZE = { width: 1200, height: 520 };

/** Drawn once, however often the figures change. */
export const ChartTools = memo(function ChartTools(props: Props) {
  const { title, describe, spec, chart, asTable, onTable } = props;
  const background = (): string => surfaceOf(chart.current);
  const saveSvg = (): void => {
    const instance = echarts.init(null, null, { renderer: 'svg', ssr: true, ...EXPORT_SIZE });
    instance.setOption(pictureOf(title, describe, spec.current, background()));
    download(`${title}.svg`, new Blob([instance.renderToSVGString()], { type: 'image/svg+xml' }));
    instance.dispose();
  };
  const savePng = (): void => {
    const instance = echarts.init(document.createElement('div'), null, {
      renderer: 'canvas',
      ...EXPORT_SIZE,
    });
    instance.setOption(pictureOf(title, describe, spec.current, background()));
    instance.renderToCanvas({ pixelRatio: 2 }).toBlob((blob) => {
      instance.dispose();
      if (blob !== null) download(`${title}.png`, blob);
    });
  };
  const saveCsv = (): void =>
    download(
      `${title}.csv`,
      new Blob([toCsv(spec.current.table.header, spec.current.table.rows)], { type: 'text/csv' }),
    );
  return (
    <>
      <Hint label={asTable ? 'Show as chart' : 'Show as table'}>
        <ActionIcon
          size={24}
          aria-label={`${title}: show as ${asTable ? 'chart' : 'table'}`}
          onClick={() => onTable(!asTable)}
        >
          {asTable ? <IconChartBar size={16} stroke={1.6} /> : <IconTable size={16} stroke={1.6} />}
        </ActionIcon>
      </Hint>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={24} aria-label={`${title}: export`}>
            <IconDownload size={16} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={savePng}>Picture (PNG)</Menu.Item>
          <Menu.Item onClick={saveSvg}>Drawing (SVG)</Menu.Item>
          <Menu.Item onClick={saveCsv}>Figures (CSV)</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
});

/** The colour of the surface the chart stands on, so that a picture is readable by itself. */
function surfaceOf(chart: ECharts | null): string {
  const element = chart?.getDom() ?? document.documentElement;
  return getComputedStyle(element).getPropertyValue('--panel').trim() || '#ffffff';
}
