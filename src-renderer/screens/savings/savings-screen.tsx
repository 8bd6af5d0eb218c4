// Where the bill itself suggests to save: opportunities with their evidence, what was looked at, and the rules.
import { Button, Select, Tabs } from '@mantine/core';
import { useMemo } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import { FINDER_PRICE_LAYERS } from '../../../shared/domain/whatif/finder/finding.ts';
import { dimensionName } from '../../../shared/format/names.ts';
import { zonesToChoose } from '../../../shared/format/time-zone.ts';
import { useAnalysis, useScreenKeys } from '../../app/navigation.ts';
import { openAsScenario } from '../../app/scenario-handover.ts';
import { useEngine } from '../../engine.ts';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { ErrorState, Note, Skeleton } from '../../ui/states.tsx';
import { Money } from '../../ui/values.tsx';
import { LookedAtDrawer, OpportunityDrawer } from './finding-drawer.tsx';
import { LookedAtGrid } from './looked-at.tsx';
import { OpportunityGrid } from './opportunity-grid.tsx';
import { Rules } from './rules.tsx';
import classes from './savings.module.css';
import {
  type Findings,
  lookedAtKey,
  PRICE_WORDS,
  readSavingsState,
  type SavingsState,
  VIEWS,
  workloadOf,
  writeSavingsState,
} from './savings-state.ts';

type Saved = Output<'scenario.list'>['scenarios'];

export function SavingsScreen() {
  const analysis = useAnalysis();
  const [own, changeKeys] = useScreenKeys();
  const state = useMemo(() => readSavingsState(own), [own]);
  const set = (part: Partial<SavingsState>): void => changeKeys(writeSavingsState({ ...state, ...part }));
  const saved = useEngine('scenario.list', {});
  const terms = saved.data?.scenarios.find(({ id }) => id === state.terms)?.scenario ?? null;
  const { data, error, isPlaceholderData, refetch } = useEngine(
    'levers.find',
    {
      period: analysis.days,
      where: analysis.where,
      workload: workloadOf(state.split),
      commitment: terms?.commitment ?? null,
      priceLayer: state.prices,
      timeZone: state.zone,
      ...(terms === null
        ? {}
        : { hoursPerMonth: terms.hoursPerMonth, fiscalYearStart: terms.fiscalYearStart }),
    },
    { enabled: analysis.ready && (state.terms === null || saved.data !== undefined) },
  );
  if (error !== null) {
    return (
      <ErrorState
        title="No levers could be looked for"
        message={error.message}
        safe="The bill and your scenarios are as they were."
        onRetry={() => void refetch()}
      />
    );
  }
  if (data === undefined) return <Skeleton height={28} rows={12} label="Looking for levers" />;
  return (
    <div className={classes.screen} aria-busy={isPlaceholderData}>
      <Figures findings={data} />
      <div className={classes.choices}>
        <Choices state={state} saved={saved.data?.scenarios ?? []} onChange={set} />
        {data.together !== null && <OpenTogether together={data.together} />}
      </div>
      <Views state={state} findings={data} onChange={set} />
      <OpportunityDrawer
        opportunity={data.opportunities.find(({ id }) => id === state.open) ?? null}
        findings={data}
        onClose={() => set({ open: null })}
      />
      <LookedAtDrawer
        looked={data.lookedAt.find((one) => lookedAtKey(one) === state.open) ?? null}
        findings={data}
        onClose={() => set({ open: null })}
      />
    </div>
  );
}

function Figures({ findings }: { readonly findings: Findings }) {
  const format = useFormat();
  const { together, opportunities, lookedAt, currency, period, daysCovered, estimated } = findings;
  const price = PRICE_WORDS[findings.priceLayer];
  const undecided = lookedAt.filter(({ outcome }) => outcome === 'undecided').length;
  const days = `${format.period(period)}, ${format.count(daysCovered)} days held${estimated ? ', estimated' : ''}`;
  return (
    <section className={classes.strip} aria-label="Figures">
      <Figure
        label={together === null ? `Saving at ${price}` : `The best ${together.levers} together, at ${price}`}
        size="lead"
        value={
          <Money
            value={(together ?? opportunities[0])?.savingAtPrice.base ?? null}
            currency={currency}
            why="Nothing was found that saves."
          />
        }
        detail={
          together === null
            ? days
            : `${format.moneyRange(together.savingAtPrice.low, together.savingAtPrice.high, currency)}; ${days}`
        }
        explanation={{
          title: 'Saving of the common scenario',
          formula: `Cost at ${price} − cost after all these levers, each after the ones before it`,
          facts: [
            { label: 'Catalog', value: findings.catalogVersion },
            { label: 'Days', value: days },
          ],
          notes: findings.notes,
          link: null,
        }}
      />
      <Figure
        label="They take from each other"
        value={
          <Money
            value={together?.interaction ?? null}
            currency={currency}
            why="There are no two opportunities."
          />
        }
        detail="Single savings overlap and have no sum"
      />
      <Figure
        label="Opportunities"
        value={format.count(opportunities.length)}
        detail={
          findings.rankedBy === 'cash' ? 'ranked by cash of the year' : 'ranked by saving: no commitment'
        }
      />
      <Figure label="Not enough data" value={format.count(undecided)} detail="listed with the reason" />
    </section>
  );
}

const PRICE_CHOICES: Readonly<Record<SavingsState['prices'], string>> = {
  list: 'List prices',
  contract: 'Contract rates, else list',
};

type ChoicesProps = {
  readonly state: SavingsState;
  readonly saved: Saved;
  readonly onChange: (part: Partial<SavingsState>) => void;
};

function Choices({ state, saved, onChange }: ChoicesProps) {
  const { data: info } = useEngine('workspace.info', {});
  const dimensions = [
    'principal',
    'inferenceProfile',
    'account',
    ...(info?.tagKeys ?? []).map((key) => `tag:${key}`),
    ...(info?.costCategories ?? []).map((name) => `costCategory:${name}`),
  ];
  const committed = saved.filter(({ scenario }) => scenario.commitment !== null);
  return (
    <>
      <Select
        label="Workloads by"
        data={[
          { value: 'auto', label: 'what names most' },
          { value: 'none', label: 'not told apart' },
          ...dimensions.map((value) => ({ value, label: dimensionName(value) })),
        ]}
        value={state.split}
        allowDeselect={false}
        searchable
        onChange={(split) => split !== null && onChange({ split, open: null })}
      />
      <Select
        label="Prices"
        data={FINDER_PRICE_LAYERS.map((value) => ({ value, label: PRICE_CHOICES[value] }))}
        value={state.prices}
        allowDeselect={false}
        onChange={(next) =>
          onChange({ prices: FINDER_PRICE_LAYERS.find((layer) => layer === next) ?? 'list', open: null })
        }
      />
      <Select
        label="Nights and weekends of"
        data={zonesToChoose(state.zone)}
        value={state.zone}
        allowDeselect={false}
        searchable
        onChange={(zone) => zone !== null && onChange({ zone, open: null })}
      />
      <Select
        label="Cash under the commitment of"
        placeholder={committed.length === 0 ? 'No saved scenario has one' : 'No commitment'}
        disabled={committed.length === 0}
        clearable
        data={committed.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={state.terms === null ? null : String(state.terms)}
        onChange={(id) => onChange({ terms: id === null ? null : Number(id) })}
      />
    </>
  );
}

function OpenTogether({ together }: { readonly together: NonNullable<Findings['together']> }) {
  return (
    <Button variant="default" className={classes.act} onClick={() => openAsScenario(together.scenario)}>
      Open the best {together.levers} as one scenario
    </Button>
  );
}

type ViewsProps = {
  readonly state: SavingsState;
  readonly findings: Findings;
  readonly onChange: (part: Partial<SavingsState>) => void;
};

function Views({ state, findings, onChange }: ViewsProps) {
  const format = useFormat();
  const { opportunities, lookedAt, rules, notes } = findings;
  return (
    <Tabs
      value={state.view}
      onChange={(chosen) => onChange({ view: VIEWS.find((view) => view === chosen) ?? 'found', open: null })}
      keepMounted={false}
      className={classes.tabs}
    >
      <Tabs.List>
        <Tabs.Tab value="found">Opportunities ({format.count(opportunities.length)})</Tabs.Tab>
        <Tabs.Tab value="looked">Looked at, not offered ({format.count(lookedAt.length)})</Tabs.Tab>
        <Tabs.Tab value="rules">Rules ({format.count(rules.length)})</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="found" className={classes.view}>
        <OpportunityGrid findings={findings} open={state.open} onOpen={(open) => onChange({ open })} />
        <Note>
          {notes.map((note) => (
            <p key={note} className={classes.note}>
              {note}
            </p>
          ))}
        </Note>
      </Tabs.Panel>
      <Tabs.Panel value="looked" className={classes.view}>
        <LookedAtGrid findings={findings} open={state.open} onOpen={(open) => onChange({ open })} />
      </Tabs.Panel>
      <Tabs.Panel value="rules" className={classes.view}>
        <Rules findings={findings} />
      </Tabs.Panel>
    </Tabs>
  );
}
