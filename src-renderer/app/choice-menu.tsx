// A button that shows what is chosen and opens a short list with a line of explanation each.
import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './context-bar.module.css';

type Choice<C extends string> = { readonly id: C; readonly title: string; readonly hint?: string };

type Props<C extends string> = {
  readonly label: string;
  readonly icon: ReactNode;
  readonly text: string;
  readonly choices: readonly Choice<C>[];
  readonly chosen: C;
  readonly onChoose: (chosen: C) => void;
};

export function ChoiceMenu<C extends string>({ label, icon, text, choices, chosen, onChoose }: Props<C>) {
  return (
    <Menu position="bottom-start" width={320}>
      <Menu.Target>
        <Button
          variant="default"
          size="compact-sm"
          className={classes.button}
          leftSection={icon}
          rightSection={<IconChevronDown size={14} stroke={1.6} />}
          aria-label={`${label}: ${text}`}
        >
          {text}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{label}</Menu.Label>
        {choices.map(({ id, title, hint }) => (
          <Menu.Item
            key={id}
            leftSection={<IconCheck size={14} className={id === chosen ? '' : classes.absent} />}
            aria-current={id === chosen ? true : undefined}
            onClick={() => onChoose(id)}
          >
            {title}
            {hint !== undefined && <div className={classes.hint}>{hint}</div>}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
