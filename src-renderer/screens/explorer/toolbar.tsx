// What the explorer asks: groups, measures, scope, and which form the chart takes.
import { ActionIcon, Button, Select } from '@mantine/core';
import { IconChevronDown, IconGauge, IconPlus, IconReceipt, IconStack2, IconX } from '@tabler/icons-react';
import type { Output } from '../../../shared/contract/methods.ts';
import { metricOf } from '../../../shared/domain/metrics/names.ts';
import { type Basis, SCOPES } from '../../../shared/domain/spend/vocabulary.ts';
import { dimensionName, SCOPE_NAMES } from '../../../shared/format/names.ts';
import { ChoiceMenu } from '../../app/choice-menu.tsx';
import { useEngine } from '../../engine.ts';
import { dimensionChoices } from '../../ui/dimension-choices.ts';
import { PickList } from '../../ui/pick-list.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { countsSomething, measureChoices, measureHeading, SCOPE_HINTS } from './choices.ts';
import classes from './explorer.module.css';
import {
  type ChartForm,
  type ExplorerMeasure,
  type ExplorerState,
  type ExplorerView,
  type Grain,
  MAX_EXPLORER_GROUPS,
} from './explorer-state.ts';
import { isTime } from './question.ts';

type Props = {
  readonly state: ExplorerState;
  readonly basis: Basis;
  readonly info: Output<'workspace.info'>;
  readonly onChange: (part: Partial<ExplorerState>) => void;
};

export function Toolbar({ state, basis, info, onChange }: Props) {
  return (
    <div className={classes.toolbar} role="toolbar" aria-label="Question">
      <SegmentedControl
        aria-label="Show"
        data={[
          { value: 'groups', label: 'Groups' },
          { value: 'lines', label: 'Line items' },
        ]}
        value={state.view}
        onChange={(view) => onChange({ view: view as ExplorerView, sort: null, line: null })}
      />
      {state.view === 'groups' && (
        <>
          <GroupPicker
            groupBy={state.groupBy}
            info={info}
            onChange={(groupBy) => onChange({ groupBy, sort: null })}
          />
          <MeasurePicker
            measures={state.measures}
            basis={basis}
            counted={state.counted}
            onChange={(measures) => onChange({ measures })}
          />
          {countsSomething(state.measures) && (
            <CountedPicker counted={state.counted} onChange={(counted) => onChange({ counted })} />
          )}
        </>
      )}
      <ChoiceMenu
        label="Scope"
        icon={<IconStack2 size={15} stroke={1.6} />}
        text={SCOPE_NAMES[state.scope]}
        choices={SCOPES.map((id) => ({ id, title: SCOPE_NAMES[id], hint: SCOPE_HINTS[id] }))}
        chosen={state.scope}
        onChoose={(scope) => onChange({ scope })}
      />
      {state.view === 'groups' && (
        <ChoiceMenu
          label="Discounts and credits"
          icon={<IconReceipt size={15} stroke={1.6} />}
          text={DEDUCTIONS[state.spread ? 'spread' : 'lines'].title}
          choices={[
            { id: 'lines', ...DEDUCTIONS.lines },
            { id: 'spread', ...DEDUCTIONS.spread },
          ]}
          chosen={state.spread ? 'spread' : 'lines'}
          onChoose={(chosen) => onChange({ spread: chosen === 'spread' })}
        />
      )}
      {state.view === 'groups' && <ChartPicker state={state} onChange={onChange} />}
    </div>
  );
}

type CountedProps = { readonly counted: string; readonly onChange: (counted: string) => void };

/** What stands for a request: offered where more than requests is counted beside the bill. */
function CountedPicker({ counted, onChange }: CountedProps) {
  const { data } = useEngine('metrics.list', {});
  const own = (data?.series ?? []).flatMap(({ metric }) => (metricOf(metric) === null ? [metric] : []));
  const metrics = [...new Set(['requests', counted, ...own])];
  if (metrics.length < 2) return null;
  return (
    <ChoiceMenu
      label="Counted"
      icon={<IconGauge size={15} stroke={1.6} />}
      text={`Counted: ${counted}`}
      choices={metrics.map((id) => ({ id, title: id }))}
      chosen={counted}
      onChoose={onChange}
    />
  );
}

/** How discounts and credits, which name no model, stand in the groups. */
const DEDUCTIONS = {
  lines: {
    title: 'Discounts as lines',
    hint: 'Discounts and credits stay lines of their own, without a model',
  },
  spread: {
    title: 'Discounts spread',
    hint: 'Discounts and credits go to the usage of their invoice, account and product; the rest is said',
  },
} as const;

type GroupProps = {
  readonly groupBy: readonly string[];
  readonly info: Output<'workspace.info'>;
  readonly onChange: (groupBy: readonly string[]) => void;
};

function GroupPicker({ groupBy, info, onChange }: GroupProps) {
  const offered = dimensionChoices(info.tagKeys, info.costCategories, groupBy);
  return (
    <div className={classes.groups} role="group" aria-label="Group by">
      <span className={classes.word}>by</span>
      {groupBy.map((dimension, index) => (
        <span key={dimension} className={classes.chip}>
          <PickList
            label={`Group ${index + 1}`}
            options={offered}
            selected={[]}
            several={false}
            onPick={(picked) => onChange(groupBy.with(index, picked))}
          >
            {(toggle, opened) => (
              <button
                type="button"
                aria-expanded={opened}
                aria-haspopup="listbox"
                aria-label={`Group ${index + 1}: ${dimensionName(dimension)}. Change`}
                onClick={toggle}
              >
                {dimensionName(dimension)}
                <IconChevronDown size={13} stroke={1.6} />
              </button>
            )}
          </PickList>
          <ActionIcon
            size={18}
            aria-label={`Remove group ${dimensionName(dimension)}`}
            onClick={() => onChange(groupBy.toSpliced(index, 1))}
          >
            <IconX size={12} />
          </ActionIcon>
        </span>
      ))}
      {groupBy.length < MAX_EXPLORER_GROUPS && (
        <PickList
          label="Group by"
          options={offered}
          selected={[]}
          several={false}
          onPick={(picked) => onChange([...groupBy, picked])}
        >
          {(toggle, opened) => (
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              leftSection={<IconPlus size={14} />}
              aria-expanded={opened}
              onClick={toggle}
            >
              Group
            </Button>
          )}
        </PickList>
      )}
    </div>
  );
}

type MeasureProps = {
  readonly measures: readonly ExplorerMeasure[];
  readonly basis: Basis;
  readonly counted: string;
  readonly onChange: (measures: readonly ExplorerMeasure[]) => void;
};

function MeasurePicker({ measures, basis, counted, onChange }: MeasureProps) {
  const choices = measureChoices(basis);
  const [first] = measures;
  const more = measures.length - 1;
  const text = `${first === undefined ? '' : measureHeading(first, basis, counted)}${more > 0 ? ` + ${more}` : ''}`;
  return (
    <PickList
      label="Measures"
      options={choices}
      selected={measures}
      several
      onPick={(picked) => {
        const measure = picked as ExplorerMeasure;
        const next = measures.includes(measure)
          ? measures.filter((one) => one !== measure)
          : choices
              .map(({ value }) => value as ExplorerMeasure)
              .filter((one) => one === measure || measures.includes(one));
        if (next.length > 0) onChange(next);
      }}
    >
      {(toggle, opened) => (
        <Button
          variant="default"
          size="compact-sm"
          rightSection={<IconChevronDown size={14} stroke={1.6} />}
          aria-expanded={opened}
          aria-label={`Measures: ${text}`}
          onClick={toggle}
        >
          {text}
        </Button>
      )}
    </PickList>
  );
}

const FORM_NAMES: Readonly<Record<ChartForm, string>> = {
  auto: 'Auto',
  time: 'Over time',
  ranking: 'Ranking',
  none: 'No chart',
};
const GRAIN_NAMES: Readonly<Record<Grain, string>> = {
  auto: 'Fitting steps',
  day: 'By day',
  week: 'By week',
  month: 'By month',
};

function ChartPicker({ state, onChange }: Pick<Props, 'state' | 'onChange'>) {
  const choosesGrain = !state.groupBy.some(isTime) && (state.form === 'time' || state.groupBy.length === 0);
  const canRank = state.groupBy.some((dimension) => !isTime(dimension));
  return (
    <div className={classes.chartChoice}>
      {choosesGrain && (
        <Select
          aria-label="Steps of time"
          w={128}
          allowDeselect={false}
          data={Object.entries(GRAIN_NAMES).map(([value, label]) => ({ value, label }))}
          value={state.grain}
          onChange={(grain) => grain !== null && onChange({ grain: grain as Grain })}
        />
      )}
      <SegmentedControl
        aria-label="Chart"
        data={Object.entries(FORM_NAMES).map(([value, label]) => ({
          value,
          label,
          disabled: value === 'ranking' && !canRank,
        }))}
        value={state.form}
        onChange={(form) => onChange({ form: form as ChartForm })}
      />
    </div>
  );
}
