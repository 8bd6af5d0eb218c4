// How Assay looks and prints on this machine, and whether the engine and the workspace are well.
import { Button } from '@mantine/core';
import { createFormat, type DateStyle, type NumberStyle } from '../../../shared/format/format.ts';
import { type ThemeChoice, useSettings } from '../../app/settings.tsx';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { ErrorState, Note, Skeleton } from '../../ui/states.tsx';
import { CalendarPanel } from './calendar-panel.tsx';
import { Row } from './row.tsx';
import classes from './settings.module.css';

const THEMES: { value: ThemeChoice; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** The choices show what they do: an amount and a day in their own style. */
const NUMBERS = (['comma', 'point', 'space', 'apostrophe'] as const).map(
  (value: NumberStyle): { value: NumberStyle; label: string } => ({
    value,
    label: createFormat({ numbers: value, dates: 'iso' }).amount(1_234_567.8),
  }),
);
const DATES = (['day-first', 'month-first', 'iso'] as const).map(
  (value: DateStyle): { value: DateStyle; label: string } => ({
    value,
    label: createFormat({ numbers: 'comma', dates: value }).day('2026-08-01'),
  }),
);

export function SettingsScreen() {
  const { settings, change } = useSettings();
  return (
    <div className={classes.settings}>
      <Panel title="Appearance">
        <Row
          label="Theme"
          hint="Both themes are equals; the system’s choice is followed unless you say otherwise."
        >
          <SegmentedControl
            aria-label="Theme"
            data={THEMES}
            value={settings.theme}
            onChange={(theme) => change({ theme })}
          />
        </Row>
        <Row
          label="Numbers"
          hint="Grouping and decimal sign on screen. Exports always use a point and no grouping."
        >
          <SegmentedControl
            aria-label="Numbers"
            data={NUMBERS}
            value={settings.numbers}
            onChange={(numbers) => change({ numbers })}
          />
        </Row>
        <Row label="Dates" hint="Days of usage are UTC, as in the bill.">
          <SegmentedControl
            aria-label="Dates"
            data={DATES}
            value={settings.dates}
            onChange={(dates) => change({ dates })}
          />
        </Row>
      </Panel>
      <CalendarPanel />
      <About />
    </div>
  );
}

function About() {
  const format = useFormat();
  const health = useEngine('engine.health', {});
  const { data: catalog } = useEngine('catalog.info', {});
  if (health.isError) {
    return (
      <Panel title="About and health">
        <ErrorState
          title="The engine did not report its health"
          message={health.error.message}
          safe="The workspace file was not touched."
          onRetry={() => void health.refetch()}
        />
      </Panel>
    );
  }
  const facts =
    health.data === undefined
      ? []
      : [
          { label: 'Engine', value: health.data.engine },
          { label: 'Node', value: `${health.data.node}, Node-API ${health.data.napi}` },
          { label: 'SQLite', value: health.data.sqlite },
          { label: 'Workspace', value: health.data.workspace },
          ...health.data.details,
          ...(catalog === undefined
            ? []
            : [
                {
                  label: 'Newest price seen',
                  value: catalog.seenTo === null ? 'not stated' : format.day(catalog.seenTo),
                },
                {
                  label: 'Catalog prices',
                  value: `${format.count(catalog.prices)} prices of ${format.count(catalog.models)} models from ${format.count(catalog.sources.length)} sources`,
                },
              ]),
        ];
  return (
    <Panel
      title="About and health"
      aside={
        <Button
          variant="default"
          size="compact-xs"
          loading={health.isFetching}
          onClick={() => void health.refetch()}
        >
          Check again
        </Button>
      }
    >
      {health.data === undefined ? (
        <Skeleton height={22} rows={5} />
      ) : (
        <>
          <Note tone={health.data.integrity === 'ok' ? 'info' : 'danger'}>
            {health.data.integrity === 'ok'
              ? 'The workspace file was checked and is sound.'
              : 'The workspace file is damaged. Work on from a backup: copy the file away before anything else.'}
          </Note>
          <dl className={classes.facts}>
            {facts.map(({ label, value }) => (
              <div key={label} className={classes.fact}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </Panel>
  );
}
