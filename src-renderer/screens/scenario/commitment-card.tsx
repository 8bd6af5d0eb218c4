// The agreement under which this year's cash is judged: its terms, the organic spend, and how AI spend counts under it.
import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  NumberInput,
  SimpleGrid,
  Stack,
  Switch,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { memo } from 'react';
import { DEFAULT_CLASS_TERMS, type LineClassTerms } from '../../../shared/domain/commitment/agreement.ts';
import { openQuestions } from '../../../shared/domain/whatif/open-questions.ts';
import type { ScenarioCommitment } from '../../../shared/domain/whatif/scenario.ts';
import { lineClassName } from '../../../shared/format/scenario-words.ts';
import { PickList } from '../../ui/pick-list.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { Note } from '../../ui/states.tsx';
import { type Edit, newCommitment } from './draft.ts';
import { classOptions } from './line-classes.ts';
import { MONEY, RangeField } from './range-field.tsx';
import classes from './scenario.module.css';

type Props = {
  readonly commitment: ScenarioCommitment | null;
  readonly currency: string;
  /** Providers in the baseline, for terms narrower than native and Marketplace. */
  readonly providers: readonly string[];
  /** Last day of the baseline: a new agreement starts with its year. */
  readonly lastDay: string;
  /** Why none is counted over this baseline; null = one can be. */
  readonly off: string | null;
  readonly onEdit: (edit: Edit, touched: string | null) => void;
};

export const CommitmentCard = memo(function CommitmentCard(props: Props) {
  const { commitment, currency, providers, lastDay, off, onEdit } = props;
  const questions = openQuestions({ levers: [], commitment });
  const start = (): ScenarioCommitment => newCommitment(`${lastDay.slice(0, 4)}-01-01`, DEFAULT_CLASS_TERMS);
  return (
    <section className={classes.card} aria-label="Commitment">
      <Group justify="space-between" wrap="nowrap">
        <Text fw={600} size="sm">
          Commitment (EDP)
        </Text>
        <Switch
          size="xs"
          label="Judge cash under a commitment"
          labelPosition="left"
          checked={commitment !== null}
          onChange={({ currentTarget }) =>
            onEdit({ type: 'set', part: { commitment: currentTarget.checked ? start() : null } }, null)
          }
        />
      </Group>
      {commitment === null ? (
        <Text size="xs" c="dimmed" mt={4}>
          Without one, the cash of the year is not computed: a saving that only creates shortfall would look
          real.
        </Text>
      ) : (
        <Stack gap="md" mt="sm">
          {off !== null && <Note tone="caution">{off}</Note>}
          {questions.length > 0 && (
            <Note tone="caution">
              {questions.map(({ text }) => (
                <Text key={text} size="xs">
                  {text}
                </Text>
              ))}
            </Note>
          )}
          <YearTerms commitment={commitment} currency={currency} onEdit={onEdit} />
          <OrganicSpend commitment={commitment} currency={currency} onEdit={onEdit} />
          <ClassTerms commitment={commitment} providers={providers} onEdit={onEdit} />
        </Stack>
      )}
    </section>
  );
});

type PartProps = {
  readonly commitment: ScenarioCommitment;
  readonly onEdit: Props['onEdit'];
};

function YearTerms({ commitment: { year }, currency, onEdit }: PartProps & { readonly currency: string }) {
  const set = (part: Partial<ScenarioCommitment['year']>): void =>
    onEdit({ type: 'setYear', part }, `year.${Object.keys(part).join()}`);
  return (
    <>
      <SimpleGrid cols={2} spacing="xs" verticalSpacing="xs">
        <TextInput
          size="xs"
          type="date"
          label="Year starts on"
          value={year.start}
          onChange={({ currentTarget }) => {
            if (currentTarget.value !== '') set({ start: currentTarget.value });
          }}
        />
        <Amount
          label={`Commitment of the year, ${currency}`}
          value={year.commit}
          onChange={(commit) => set({ commit })}
        />
        <Percent label="Discount" value={year.discount} onChange={(discount) => set({ discount })} />
        <Percent label="Support, of net cost" value={year.support} onChange={(support) => set({ support })} />
        <Percent
          label="Marketplace cap, of commitment"
          value={year.marketplaceCap}
          onChange={(marketplaceCap) => set({ marketplaceCap })}
        />
      </SimpleGrid>
      <Choice
        label="Drawdown counts spend"
        value={year.drawdown}
        options={[
          ['before_discount', 'Before discount'],
          ['after_discount', 'After discount'],
        ]}
        onChange={(drawdown) => set({ drawdown })}
      />
      <Choice
        label="Shortfall is settled"
        value={year.shortfallSettled}
        options={[
          ['face', 'At face value'],
          ['net', 'Net of discount'],
        ]}
        onChange={(shortfallSettled) => set({ shortfallSettled })}
      />
      <Text size="xs" c="dimmed">
        No tier table is public: rates start at 0 and are yours. The 25 % Marketplace cap is the commonly
        reported default, not your contract.
      </Text>
    </>
  );
}

function OrganicSpend({ commitment, currency, onEdit }: PartProps & { readonly currency: string }) {
  const set = (part: Partial<ScenarioCommitment>): void =>
    onEdit({ type: 'setCommitment', part }, `commitment.${Object.keys(part).join()}`);
  return (
    <>
      <RangeField
        label={`Organic AWS spend of the year, ${currency}`}
        description="At list, without the AI spend of the baseline"
        range={commitment.organicAws}
        writing={MONEY}
        scale={null}
        onChange={(organicAws) => set({ organicAws })}
      />
      <RangeField
        label={`Organic Marketplace spend of the year, ${currency}`}
        description="Eligible purchases, without the AI spend of the baseline"
        range={commitment.organicMarketplace}
        writing={MONEY}
        scale={null}
        onChange={(organicMarketplace) => set({ organicMarketplace })}
      />
      <NumberInput
        size="xs"
        label={`Same usage bought directly, ${currency} a year`}
        description="Price from the model provider, to compare with. Empty: not asked"
        min={0}
        decimalScale={2}
        thousandSeparator=","
        hideControls
        value={commitment.directCost ?? ''}
        onChange={(value) => set({ directCost: typeof value === 'number' ? value : null })}
      />
    </>
  );
}

const FLAGS = [
  { key: 'retires', label: 'Retires', hint: 'Spend counts towards the commitment' },
  { key: 'discounted', label: 'Discounted', hint: 'Spend earns the discount' },
  { key: 'inMarketplaceCap', label: 'In cap', hint: 'Spend counts within the Marketplace cap' },
] as const satisfies readonly { key: keyof LineClassTerms; label: string; hint: string }[];

function ClassTerms({
  commitment,
  providers,
  onEdit,
}: PartProps & { readonly providers: readonly string[] }) {
  const { classes } = commitment;
  const setClasses = (next: readonly LineClassTerms[]): void =>
    onEdit({ type: 'setCommitment', part: { classes: next } }, null);
  return (
    <div>
      <Text size="sm" fw={500}>
        How AI spend counts
      </Text>
      <Table verticalSpacing={4} horizontalSpacing="xs" fz="xs" withRowBorders={false}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Line class</Table.Th>
            {FLAGS.map(({ key, label, hint }) => (
              <Table.Th key={key} ta="center" title={hint}>
                {label}
              </Table.Th>
            ))}
            <Table.Th aria-label="Remove" w={28} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {classes.map((terms) => (
            <Table.Tr key={terms.lineClass}>
              <Table.Td>{lineClassName(terms.lineClass)}</Table.Td>
              {FLAGS.map(({ key, hint }) => (
                <Table.Td key={key}>
                  <Checkbox
                    size="xs"
                    aria-label={`${lineClassName(terms.lineClass)}: ${hint.toLowerCase()}`}
                    checked={terms[key]}
                    styles={{ body: { justifyContent: 'center' } }}
                    onChange={({ currentTarget }) =>
                      onEdit(
                        {
                          type: 'setClass',
                          lineClass: terms.lineClass,
                          part: { [key]: currentTarget.checked },
                        },
                        null,
                      )
                    }
                  />
                </Table.Td>
              ))}
              <Table.Td>
                {terms.lineClass.includes(':') && (
                  <ActionIcon
                    size="xs"
                    variant="subtle"
                    color="gray"
                    aria-label={`Remove ${lineClassName(terms.lineClass)}`}
                    onClick={() => setClasses(classes.filter((one) => one !== terms))}
                  >
                    <IconTrash size={14} />
                  </ActionIcon>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <PickList
        label="Terms for one provider"
        options={classOptions(classes, providers)}
        selected={[]}
        several={false}
        onPick={(lineClass) => {
          const wider = classes.find((terms) => terms.lineClass === lineClass.split(':')[0]);
          if (wider !== undefined) setClasses([...classes, { ...wider, lineClass }]);
        }}
      >
        {(toggle, opened) => (
          <Button variant="subtle" size="compact-xs" onClick={toggle} aria-expanded={opened}>
            Add terms for one provider
          </Button>
        )}
      </PickList>
      <Note tone="caution">
        <Text size="xs">
          Sources conflict on models billed through AWS Marketplace: some say they count in full and earn the
          discount, others within the cap and without discount, others only where negotiated. Check the
          Marketplace clause of your agreement; the start values are the cautious reading.
        </Text>
      </Note>
    </div>
  );
}

type NumberProps = {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
};

function Amount({ label, value, onChange }: NumberProps) {
  return (
    <NumberInput
      size="xs"
      label={label}
      min={0}
      decimalScale={2}
      thousandSeparator=","
      hideControls
      value={value}
      onChange={(next) => onChange(typeof next === 'number' ? next : 0)}
    />
  );
}

function Percent({ label, value, onChange }: NumberProps) {
  return (
    <NumberInput
      size="xs"
      label={label}
      min={0}
      max={100}
      clampBehavior="strict"
      decimalScale={2}
      suffix=" %"
      hideControls
      value={Math.round(value * 1e6) / 1e4}
      onChange={(next) => onChange(typeof next === 'number' ? next / 100 : 0)}
    />
  );
}

type ChoiceProps<T extends string> = {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly onChange: (value: T) => void;
};

function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <Group justify="space-between" gap="xs">
      <Text size="xs" fw={500}>
        {label}
      </Text>
      <SegmentedControl
        aria-label={label}
        data={options.map(([key, text]) => ({ value: key, label: text }))}
        value={value}
        onChange={(next) => onChange(next as T)}
      />
    </Group>
  );
}
