// A finding opened: an opportunity with its headlines, evidence and assumptions, or why something is none; and the ways on.
import { Button, Drawer, Group } from '@mantine/core';
import { IconFlask, IconTelescope } from '@tabler/icons-react';
import { useAnalysis } from '../../app/navigation.ts';
import { openAsScenario } from '../../app/scenario-handover.ts';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Money } from '../../ui/values.tsx';
import { EvidenceTable } from './evidence-table.tsx';
import classes from './savings.module.css';
import {
  type Findings,
  type LookedAt,
  type Opportunity,
  OUTCOME_NAMES,
  PRICE_WORDS,
  RULE_NAMES,
} from './savings-state.ts';
import { showUsage } from './show-usage.ts';

type Common = { readonly findings: Findings; readonly onClose: () => void };

const RIGHT = { position: 'right', size: 600, closeButtonProps: { 'aria-label': 'Close' } } as const;

export function OpportunityDrawer({
  opportunity,
  findings,
  onClose,
}: Common & { readonly opportunity: Opportunity | null }) {
  return (
    <Drawer
      {...RIGHT}
      opened={opportunity !== null}
      onClose={onClose}
      title={opportunity?.scenario.name ?? 'Opportunity'}
    >
      {opportunity !== null && <Detail opportunity={opportunity} findings={findings} />}
    </Drawer>
  );
}

export function LookedAtDrawer({ looked, findings, onClose }: Common & { readonly looked: LookedAt | null }) {
  const { where } = useAnalysis();
  return (
    <Drawer
      {...RIGHT}
      opened={looked !== null}
      onClose={onClose}
      title={looked === null ? 'Looked at' : (looked.subject ?? RULE_NAMES[looked.rule])}
    >
      {looked !== null && (
        <div className={classes.detail}>
          <p>
            <strong>{OUTCOME_NAMES[looked.outcome]}.</strong> {looked.because}
          </p>
          {looked.where.length > 0 && (
            <ShowUsage onShow={() => showUsage(where, looked.where, findings.period)} />
          )}
          {looked.evidence.length > 0 && <EvidenceTable evidence={looked.evidence} />}
          <RuleText rule={looked.rule} findings={findings} />
        </div>
      )}
    </Drawer>
  );
}

function ShowUsage({ onShow }: { readonly onShow: () => void }) {
  return (
    <Group>
      <Button variant="default" leftSection={<IconTelescope size={14} />} onClick={onShow}>
        Show this usage
      </Button>
    </Group>
  );
}

type DetailProps = { readonly opportunity: Opportunity; readonly findings: Findings };

function Detail({ opportunity, findings }: DetailProps) {
  const format = useFormat();
  const { where } = useAnalysis();
  const { currency, cashReason, period, priceLayer } = findings;
  const { savingAtPrice, cashThisYear, confidence, confidenceReason, scenario } = opportunity;
  const span = ({ low, high }: Opportunity['savingAtPrice']): string =>
    low === high
      ? 'one figure: nothing in it is a range'
      : `${format.money(low, currency)} to ${format.money(high, currency)}`;
  return (
    <div className={classes.detail}>
      <div className={classes.pair}>
        <Figure
          label={`Alone at ${PRICE_WORDS[priceLayer]}, ${format.period(period)}`}
          size="lead"
          value={<Money value={savingAtPrice.base} currency={currency} />}
          detail={span(savingAtPrice)}
        />
        <Figure
          label="Cash this commitment year"
          value={
            <Money
              value={cashThisYear?.base ?? null}
              currency={currency}
              why={cashReason ?? 'Not computed.'}
            />
          }
          detail={cashThisYear === null ? 'needs a commitment' : span(cashThisYear)}
        />
      </div>
      <Group gap="sm">
        <Button leftSection={<IconFlask size={14} />} onClick={() => openAsScenario(scenario)}>
          Open as a scenario
        </Button>
        <ShowUsage onShow={() => showUsage(where, opportunity.where, period)} />
      </Group>
      <p>
        <strong>Confidence {confidence}.</strong> {confidenceReason}
      </p>
      <EvidenceTable evidence={opportunity.evidence} />
      <Points title="The lever assumes" points={opportunity.assumptions} />
      <Points title="To check" points={opportunity.toCheck} />
      <RuleText rule={opportunity.rule} findings={findings} />
    </div>
  );
}

function RuleText({
  rule,
  findings: { rules },
}: {
  readonly rule: LookedAt['rule'];
  readonly findings: Findings;
}) {
  const found = rules.find(({ id }) => id === rule);
  if (found === undefined) return null;
  return (
    <Points
      title={found.question}
      points={[`Looks at: ${found.looksAt}`, `Offers when: ${found.threshold}`, found.reason]}
    />
  );
}

function Points({ title, points }: { readonly title: string; readonly points: readonly string[] }) {
  return (
    <section>
      <h3 className={classes.heading}>{title}</h3>
      <ul className={classes.points}>
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </section>
  );
}
