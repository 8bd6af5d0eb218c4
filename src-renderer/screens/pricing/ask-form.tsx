// Asks the catalog for prices of one model; every part of the key may stay open.
import { Button, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { METER_NAMES, MODES, REGION_TIERS } from '../../../shared/domain/usage/vocabulary.ts';
import { valueName } from '../../../shared/format/names.ts';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { ErrorState, Skeleton } from '../../ui/states.tsx';
import { ModelFacts } from './model-facts.tsx';
import { PriceAnswer } from './price-answer.tsx';
import classes from './pricing.module.css';
import type { PriceQuestion } from './pricing-state.ts';

type Props = { readonly sourceTitles: ReadonlyMap<string, string> };

type Form = {
  readonly model: string;
  readonly meter: string | null;
  readonly mode: string | null;
  readonly region: string;
  readonly regionTier: string | null;
  readonly date: string;
};

const EMPTY: Form = { model: '', meter: null, mode: null, region: '', regionTier: null, date: '' };

export function AskForm({ sourceTitles }: Props) {
  const [form, setForm] = useState<Form>(EMPTY);
  const [asked, setAsked] = useState<PriceQuestion | null>(null);
  const set = (part: Partial<Form>): void => setForm({ ...form, ...part });
  return (
    <div className={classes.ask}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (form.model.trim() !== '') setAsked(questionOf(form));
        }}
      >
        <SimpleGrid cols={2} spacing="sm" verticalSpacing="sm">
          <TextInput
            label="Model"
            placeholder="Name, model id or usage-type spelling"
            required
            withAsterisk={false}
            data-autofocus
            style={{ gridColumn: '1 / -1' }}
            value={form.model}
            onChange={({ currentTarget }) => set({ model: currentTarget.value })}
          />
          <CodeSelect
            label="Meter"
            codes={METER_NAMES}
            dimension="meter"
            value={form.meter}
            onChange={(meter) => set({ meter })}
          />
          <CodeSelect
            label="Mode"
            codes={MODES.filter((mode) => mode !== 'unknown')}
            dimension="mode"
            value={form.mode}
            onChange={(mode) => set({ mode })}
          />
          <TextInput
            label="Region"
            placeholder="Any"
            value={form.region}
            onChange={({ currentTarget }) => set({ region: currentTarget.value })}
          />
          <CodeSelect
            label="Region tier"
            codes={REGION_TIERS}
            dimension="regionTier"
            value={form.regionTier}
            onChange={(regionTier) => set({ regionTier })}
          />
          <TextInput
            type="date"
            label="Day of use"
            description="Empty: the newest price"
            value={form.date}
            onChange={({ currentTarget }) => set({ date: currentTarget.value })}
          />
        </SimpleGrid>
        <Button type="submit" mt="md">
          Ask
        </Button>
      </form>
      {asked !== null && <Answers question={asked} sourceTitles={sourceTitles} />}
    </div>
  );
}

function questionOf({ model, region, date, meter, mode, regionTier }: Form): PriceQuestion {
  return {
    model: model.trim(),
    meter: meter as PriceQuestion['meter'],
    mode: mode as PriceQuestion['mode'],
    region: region.trim() === '' ? null : region.trim(),
    regionTier: regionTier as PriceQuestion['regionTier'],
    date: date === '' ? null : date,
  };
}

type AnswersProps = Props & { readonly question: PriceQuestion };

/** Answers to one question; also used for the detail of a catalog row. */
export function Answers({ question, sourceTitles }: AnswersProps) {
  const format = useFormat();
  const { data, error, refetch } = useEngine('catalog.price', question, { keepPrevious: false });
  if (error !== null) {
    return <ErrorState title="No answer" message={error.message} onRetry={() => void refetch()} />;
  }
  if (data === undefined) return <Skeleton height={48} rows={3} />;
  return (
    <section aria-label="Answers" className={classes.answers}>
      <Text size="xs" c="dimmed">
        {data.model ?? question.model} on {format.day(data.date)}, catalog {data.catalogVersion}:{' '}
        {data.answers.length === 1 ? '1 key' : `${data.answers.length} keys`}
      </Text>
      {data.answers.map((answer) => (
        <PriceAnswer
          key={JSON.stringify([
            answer.meter,
            answer.mode,
            answer.term,
            answer.variant,
            answer.region,
            answer.regionTier,
            answer.contextBand,
          ])}
          answer={answer}
          day={data.date}
          sourceTitles={sourceTitles}
        />
      ))}
      {data.about !== null && <ModelFacts about={data.about} />}
    </section>
  );
}

type CodeProps = {
  readonly label: string;
  readonly codes: readonly string[];
  readonly dimension: string;
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
};

export function CodeSelect({ label, codes, dimension, value, onChange }: CodeProps) {
  return (
    <Select
      label={label}
      placeholder="Any"
      clearable
      searchable
      data={codes.map((code) => ({ value: code, label: valueName(dimension, code) }))}
      value={value}
      onChange={onChange}
    />
  );
}
