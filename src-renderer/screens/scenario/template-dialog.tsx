// A scenario from a published stack of levers: every step with what it assumes; only what the user ticks is switched on.
import { Button, Checkbox, Group, Modal, Text } from '@mantine/core';
import { memo, useState } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { TEMPLATE_NAMES, TEMPLATES, type TemplateName } from '../../../shared/domain/whatif/templates.ts';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { ErrorState, Note, Skeleton } from '../../ui/states.tsx';
import { Unknown } from '../../ui/values.tsx';
import classes from './template-dialog.module.css';

type Walk = Output<'scenario.template'>;
type Step = Walk['steps'][number];

type Props = {
  readonly opened: boolean;
  /** The usage that the template is held against. */
  readonly baseline: Scenario['baseline'];
  readonly onClose: () => void;
  readonly onStart: (scenario: Scenario) => void;
};

/** Drawn anew only for another baseline, not for every edit. */
export const TemplateDialog = memo(Dialog);

function Dialog({ opened, onClose, ...rest }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="New from template" size={760}>
      {opened && <Chosen {...rest} onClose={onClose} />}
    </Modal>
  );
}

function Chosen({ baseline, onClose, onStart }: Omit<Props, 'opened'>) {
  const [name, setName] = useState<TemplateName>('eight-steps');
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set());
  const format = useFormat();
  const walk = useEngine('scenario.template', { template: name, baseline }, { keepPrevious: false });
  const choose = (next: string): void => {
    setName(next as TemplateName);
    setConfirmed(new Set());
  };
  const { title, note, source, illustration } = TEMPLATES[name];
  return (
    <div className={classes.dialog}>
      <SegmentedControl
        aria-label="Template"
        data={TEMPLATE_NAMES.map((value) => ({ value, label: TEMPLATES[value].title }))}
        value={name}
        onChange={choose}
      />
      <Note tone={illustration ? 'caution' : 'info'}>
        {note} Source: {source}.
      </Note>
      <Text size="xs" c="dimmed">
        Held against {format.period(baseline.period)}
        {baseline.where.length > 0 && ', with the filters of this scenario'}. Steps that are not ticked are
        added switched off. Amounts are what a step would save by itself over these days.
      </Text>
      {walk.error !== null && (
        <ErrorState
          title="The template could not be held against the bill"
          message={walk.error.message}
          safe="Your scenario is not touched."
          onRetry={() => void walk.refetch()}
        />
      )}
      {walk.data === undefined && walk.error === null && <Skeleton height={72} rows={5} />}
      {walk.data !== undefined && (
        <ol className={classes.steps} aria-label={`Steps of ${title}`}>
          {walk.data.steps.map((step) => (
            <StepRow
              key={step.id}
              step={step}
              currency={walk.data.currency}
              confirmed={confirmed.has(step.id)}
              onConfirm={(on) => setConfirmed(withMember(confirmed, step.id, on))}
            />
          ))}
        </ol>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          disabled={walk.data === undefined}
          onClick={() => {
            if (walk.data === undefined) return;
            onStart(switchedOn(walk.data, confirmed));
            onClose();
          }}
        >
          {confirmed.size === 0 ? 'Start with all levers off' : `Start with ${confirmed.size} confirmed`}
        </Button>
      </Group>
    </div>
  );
}

function withMember(members: ReadonlySet<string>, id: string, on: boolean): ReadonlySet<string> {
  return on ? new Set([...members, id]) : new Set([...members].filter((member) => member !== id));
}

/** The template's scenario with the levers of confirmed steps on: a step's lever has the step's id. */
function switchedOn({ scenario }: Walk, confirmed: ReadonlySet<string>): Scenario {
  return {
    ...scenario,
    levers: scenario.levers.map((lever) => ({ ...lever, enabled: confirmed.has(lever.id) })),
  };
}

const STATES: Readonly<Record<Step['state'], string>> = {
  ready: 'to confirm',
  asks: 'figures missing',
  refused: 'refused',
};

type RowProps = {
  readonly step: Step;
  readonly currency: string;
  readonly confirmed: boolean;
  readonly onConfirm: (on: boolean) => void;
};

function StepRow({ step, currency, confirmed, onConfirm }: RowProps) {
  const format = useFormat();
  const { title, state, leverId, alone, cost, reasons, assumes, confirm, asks } = step;
  return (
    <li className={classes.step} data-state={state}>
      <div className={classes.stepHead}>
        {leverId === null ? (
          <span className={classes.noBox}>{title}</span>
        ) : (
          <Checkbox
            size="xs"
            label={title}
            checked={confirmed}
            onChange={({ currentTarget }) => onConfirm(currentTarget.checked)}
          />
        )}
        <span className={classes.state}>{STATES[state]}</span>
        <span className={classes.amount}>
          {alone !== null ? (
            format.money(alone.base, currency)
          ) : cost !== null && cost !== 0 ? (
            `${format.money(cost, currency)} billed`
          ) : (
            <Unknown why={reasons[0] ?? asks[0] ?? 'The step has no saving of its own.'} />
          )}
        </span>
      </div>
      <ul className={classes.lines}>
        {reasons.map((line) => (
          <Line key={line} label="Refused" text={line} />
        ))}
        {state !== 'refused' && (
          <>
            {assumes.map((line) => (
              <Line key={line} label="Assumes" text={line} />
            ))}
            {confirm.map((line) => (
              <Line key={line} label="Confirm" text={line} />
            ))}
            {asks.map((line) => (
              <Line key={line} label="Missing" text={line} />
            ))}
          </>
        )}
      </ul>
    </li>
  );
}

function Line({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <li>
      <span>{label}</span>
      <span>{text}</span>
    </li>
  );
}
