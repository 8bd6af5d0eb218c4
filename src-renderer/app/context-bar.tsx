// The question's context under the title, the same on every analysis screen: period, comparison, basis, filters.
import { Button } from '@mantine/core';
import { IconCalendar, IconFilterPlus, IconGitCompare, IconScale } from '@tabler/icons-react';
import { BASES, type Basis } from '../../shared/domain/spend/vocabulary.ts';
import { filterText as readable } from '../../shared/format/conditions.ts';
import { BASIS_NAMES } from '../../shared/format/names.ts';
import { useEngine } from '../engine.ts';
import { dimensionChoices } from '../ui/dimension-choices.ts';
import { FilterChips } from '../ui/filter-chips.tsx';
import { FilterAdder } from '../ui/filter-editor.tsx';
import { useFormat } from '../ui/format-context.ts';
import { ChoiceMenu } from './choice-menu.tsx';
import classes from './context-bar.module.css';
import { useHeldValues } from './held-values.ts';
import { type Analysis, useAnalysis } from './navigation.ts';
import { COMPARE_CHOICES, PERIOD_CHOICES } from './period.ts';
import { PeriodMenu } from './period-menu.tsx';

/** What each basis means, in one line. */
export const BASIS_HINTS: Readonly<Record<Basis, string>> = {
  unblended: 'As each line was billed. Adds up to the invoice.',
  netUnblended: 'After negotiated discounts, each counted once.',
  amortized: 'Up-front and recurring fees spread over the use they cover.',
  netAmortized: 'Amortized, after negotiated discounts.',
  list: 'Public on-demand price as the export states it. Not stated on Marketplace lines.',
  catalogList: 'Our catalog’s list price on the day of use. Unpriced lines are left out and counted.',
};

/** `daysOnly`: without comparison and basis, for screens that have no use for them. */
export function ContextBar({ daysOnly }: { readonly daysOnly: boolean }) {
  const analysis = useAnalysis();
  const format = useFormat();
  const { change } = analysis;
  return (
    <div className={classes.bar} role="toolbar" aria-label="Context of the figures">
      <PeriodMenu
        label="Period"
        icon={<IconCalendar size={15} stroke={1.6} />}
        text={
          analysis.days === null && analysis.held !== null
            ? `All held, ${format.period(analysis.held)}`
            : format.period(analysis.days)
        }
        choices={PERIOD_CHOICES}
        chosen={analysis.period}
        held={analysis.held}
        onChoose={(period) => change({ period })}
      />
      {!daysOnly && <ComparisonAndBasis analysis={analysis} />}
      <Filters analysis={analysis} />
    </div>
  );
}

function ComparisonAndBasis({ analysis }: { readonly analysis: Analysis }) {
  const format = useFormat();
  const { basis, compare, compareTo, change } = analysis;
  return (
    <>
      <PeriodMenu
        label="Compared with"
        icon={<IconGitCompare size={15} stroke={1.6} />}
        text={compareTo === null ? 'No comparison' : `vs ${format.period(compareTo)}`}
        choices={COMPARE_CHOICES}
        chosen={compare}
        held={analysis.held}
        onChoose={(chosen) => change({ compare: chosen })}
      />
      <ChoiceMenu
        label="Basis"
        icon={<IconScale size={15} stroke={1.6} />}
        text={BASIS_NAMES[basis]}
        choices={BASES.map((id) => ({ id, title: BASIS_NAMES[id], hint: BASIS_HINTS[id] }))}
        chosen={basis}
        onChoose={(chosen) => change({ basis: chosen })}
      />
    </>
  );
}

function Filters({ analysis: { where, change } }: { readonly analysis: Analysis }) {
  const { data: info } = useEngine('workspace.info', {});
  const chips = where.map((filter, index) => ({ id: String(index), text: readable(filter) }));
  return (
    <FilterChips
      chips={chips}
      onRemove={(id) => change({ where: where.filter((_filter, index) => String(index) !== id) })}
      onClear={() => change({ where: [] })}
    >
      <FilterAdder
        dimensions={dimensionChoices(info?.tagKeys ?? [], info?.costCategories ?? [], [])}
        useValues={useHeldValues}
        onAdd={(filter) => change({ where: [...where, filter] })}
      >
        {(toggle, opened) => (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconFilterPlus size={15} stroke={1.6} />}
            aria-expanded={opened}
            onClick={toggle}
          >
            Filter
          </Button>
        )}
      </FilterAdder>
    </FilterChips>
  );
}
