// Says what lines are: which ones (patterns), what they are, and why; shows what the rule would do before it is kept.
import { Autocomplete, Button, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { KNOWN_MODELS } from '../../../shared/domain/usage/models.ts';
import {
  CONTEXT_BANDS,
  FAMILIES,
  METER_NAMES,
  METERS,
  MODES,
  REGION_TIERS,
  TERMS,
} from '../../../shared/domain/usage/vocabulary.ts';
import type { RuleDraft } from '../../../shared/domain/usage/workspace-rules.ts';
import { dimensionName, valueName } from '../../../shared/format/names.ts';
import { useNotice } from '../../app/notice.tsx';
import { call } from '../../bridge.ts';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { Note } from '../../ui/states.tsx';
import classes from './review.module.css';
import { draftOf, isComplete, saysNothing, type TrayRow, type Typed } from './rule-draft.ts';
import { RuleEffect } from './rule-effect.tsx';

type Props = {
  readonly initial: Typed;
  /** The row it answers; null where a rule is changed. */
  readonly row: TrayRow | null;
  /** The rule that is changed; null for a new one. */
  readonly number: number | null;
  readonly readOnly: boolean;
  readonly onDone: () => void;
};

export function RuleForm({ initial, row, number, readOnly, onDone }: Props) {
  const { say } = useNotice();
  const [typed, setTyped] = useState(initial);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const set = (part: Partial<Typed>): void => {
    setFailure(null);
    setTyped({ ...typed, ...part });
  };
  const draft = draftOf(typed);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const problem = problemOf(draft, row);
    if (problem !== null) return setFailure(problem);
    setBusy(true);
    try {
      const saved = await call('review.saveRule', { number, rule: draft as RuleDraft });
      say(`Rule ${saved.number} is in force: ${saved.reclassified} kinds of line classified anew`);
      onDone();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={classes.form} onSubmit={(event) => void save(event)} aria-label="Rule">
      <SegmentedControl
        aria-label="What the lines are"
        fullWidth
        value={typed.kind}
        onChange={(kind) => set({ kind: kind as Typed['kind'] })}
        data={[
          { value: 'bedrock', label: 'Bedrock' },
          { value: 'not_bedrock', label: 'Not Bedrock' },
          { value: 'as_it_stands', label: 'Right as it stands' },
        ]}
      />
      {typed.kind === 'bedrock' && <WhatItIs typed={typed} onChange={set} />}
      <WhichLines typed={typed} onChange={set} />
      <div className={classes.pair}>
        <TextInput
          label="Why"
          description="Stands on every line the rule decides"
          maxLength={1000}
          value={typed.why}
          onChange={({ currentTarget }) => set({ why: currentTarget.value })}
        />
        <TextInput
          label="Who"
          description="Empty: this user"
          maxLength={200}
          value={typed.author}
          onChange={({ currentTarget }) => set({ author: currentTarget.value })}
        />
      </div>
      <Effect draft={draft} number={number} />
      {failure !== null && <Note tone="danger">{failure}</Note>}
      <Group justify="flex-end" gap="sm">
        <Button type="submit" loading={busy} disabled={readOnly}>
          {number === null ? 'Keep as a rule' : `Change rule ${number}`}
        </Button>
      </Group>
    </form>
  );
}

function problemOf(draft: RuleDraft | string, row: TrayRow | null): string | null {
  if (typeof draft === 'string') return draft;
  if (saysNothing(draft, row)) return 'Say what the lines are, or choose “Right as it stands”.';
  return isComplete(draft) ? null : 'Say why: a reader of the bill will ask.';
}

/** The reason takes no part in what a rule does: typing it asks nothing. */
function Effect({ draft, number }: { readonly draft: RuleDraft | string; readonly number: number | null }) {
  const asked = typeof draft === 'string' ? null : { ...draft, why: 'preview', author: '' };
  const [settled] = useDebouncedValue(JSON.stringify({ number, rule: asked }), 250);
  return asked === null ? (
    <Note>{draft as string}</Note>
  ) : (
    <RuleEffect question={JSON.parse(settled) as Parameters<typeof RuleEffect>[0]['question']} />
  );
}

/** `search_unit` → `Search units`. */
const plural = (unit: string): string =>
  `${unit.charAt(0).toUpperCase()}${unit.slice(1).replaceAll('_', ' ')}s`;

type PartProps = { readonly typed: Typed; readonly onChange: (part: Partial<Typed>) => void };

const MODEL_NAMES = KNOWN_MODELS.map(({ model }) => model).toSorted();

const CODES = [
  ['family', FAMILIES.filter((family) => family !== 'unknown')],
  ['meter', METER_NAMES],
  ['mode', MODES.filter((mode) => mode !== 'unknown')],
  ['regionTier', REGION_TIERS],
  ['contextBand', CONTEXT_BANDS],
  ['term', TERMS],
] as const satisfies readonly (readonly [keyof Typed['codes'], readonly string[]])[];

function WhatItIs({ typed, onChange }: PartProps) {
  const { meter } = typed.codes;
  return (
    <fieldset className={classes.fields}>
      <legend>What they are; what is left open stays as the bundled rules have it</legend>
      <Autocomplete
        label="Model"
        size="xs"
        placeholder="Unchanged"
        data={MODEL_NAMES}
        limit={40}
        maxLength={256}
        value={typed.model}
        onChange={(model) => onChange({ model })}
      />
      {CODES.map(([name, codes]) => (
        <Select
          key={name}
          label={dimensionName(name)}
          placeholder="Unchanged"
          clearable
          searchable
          data={codes.map((code) => ({ value: code, label: valueName(name, code) }))}
          value={typed.codes[name]}
          onChange={(code) => onChange({ codes: { ...typed.codes, [name]: code } })}
        />
      ))}
      <TextInput
        label="Variant"
        placeholder="Unchanged"
        maxLength={256}
        value={typed.variant}
        onChange={({ currentTarget }) => onChange({ variant: currentTarget.value })}
      />
      <TextInput
        label={`${meter === null ? 'Base units' : plural(METERS[meter])} in one billed unit`}
        placeholder="As the unit says"
        inputMode="decimal"
        maxLength={20}
        value={typed.unitsEach}
        onChange={({ currentTarget }) => onChange({ unitsEach: currentTarget.value })}
      />
    </fieldset>
  );
}

function WhichLines({ typed, onChange }: PartProps) {
  return (
    <fieldset className={classes.fields}>
      <legend>Which lines; * stands for any characters, every pattern given must fit</legend>
      {(
        [
          ['usageType', 'Usage type'],
          ['product', 'Product'],
          ['resource', 'Resource'],
        ] as const
      ).map(([name, label]) => (
        <TextInput
          key={name}
          label={label}
          placeholder="Any"
          className={name === 'resource' ? classes.wide : undefined}
          maxLength={1024}
          value={typed[name]}
          onChange={({ currentTarget }) => onChange({ [name]: currentTarget.value })}
        />
      ))}
    </fieldset>
  );
}
