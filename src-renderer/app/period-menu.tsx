// Chooses days: presets, or a first and last day from the calendar, within what is held.
import { Button, Group, Popover, TextInput, UnstyledButton } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { Period } from '../../shared/domain/spend/vocabulary.ts';
import { useFormat } from '../ui/format-context.ts';
import classes from './context-bar.module.css';

type Props<C extends string> = {
  readonly label: string;
  readonly icon: ReactNode;
  readonly text: string;
  readonly choices: readonly { readonly id: C; readonly title: string }[];
  readonly chosen: C | Period;
  readonly held: Period | null;
  readonly onChoose: (chosen: C | Period) => void;
};

export function PeriodMenu<C extends string>({
  label,
  icon,
  text,
  choices,
  chosen,
  held,
  onChoose,
}: Props<C>) {
  const [opened, setOpened] = useState(false);
  const choose = (choice: C | Period): void => {
    onChoose(choice);
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={280} trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="compact-sm"
          className={classes.button}
          leftSection={icon}
          rightSection={<IconChevronDown size={14} stroke={1.6} />}
          aria-label={`${label}: ${text}`}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {text}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={8} role="dialog" aria-label={label}>
        {choices.map(({ id, title }) => (
          <UnstyledButton
            key={id}
            className={classes.choice}
            aria-current={id === chosen ? true : undefined}
            onClick={() => choose(id)}
          >
            <IconCheck size={14} className={id === chosen ? '' : classes.absent} />
            {title}
          </UnstyledButton>
        ))}
        <DayFields chosen={typeof chosen === 'string' ? null : chosen} held={held} onChoose={choose} />
      </Popover.Dropdown>
    </Popover>
  );
}

type FieldsProps = {
  readonly chosen: Period | null;
  readonly held: Period | null;
  readonly onChoose: (period: Period) => void;
};

function DayFields({ chosen, held, onChoose }: FieldsProps) {
  const format = useFormat();
  const [from, setFrom] = useState(chosen?.from ?? held?.from ?? '');
  const [to, setTo] = useState(chosen?.to ?? held?.to ?? '');
  const inOrder = from !== '' && to !== '' && from <= to;
  return (
    <form
      className={classes.days}
      onSubmit={(event) => {
        event.preventDefault();
        if (inOrder) onChoose({ from, to });
      }}
    >
      <Group grow gap="sm">
        <TextInput
          type="date"
          label="From"
          value={from}
          onChange={({ currentTarget }) => setFrom(currentTarget.value)}
        />
        <TextInput
          type="date"
          label="To"
          value={to}
          onChange={({ currentTarget }) => setTo(currentTarget.value)}
        />
      </Group>
      {from !== '' && to !== '' && !inOrder && (
        <p className={classes.problem} role="alert">
          The first day is after the last.
        </p>
      )}
      <Group justify="space-between" mt="sm">
        <span className={classes.hint}>
          {held === null ? 'Nothing is held yet' : `Held: ${format.day(held.from)} – ${format.day(held.to)}`}
        </span>
        <Button type="submit" size="compact-sm" disabled={!inOrder}>
          Apply
        </Button>
      </Group>
    </form>
  );
}
