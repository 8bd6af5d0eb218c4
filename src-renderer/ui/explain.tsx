// "Where does this come from": a button beside a figure that opens its basis, filters, rows and formula.
//
// explanation.formula  in words or symbols, one line
// explanation.facts    label and value, in reading order
// explanation.notes    what a reader should know
// explanation.link     the same selection elsewhere; null = nowhere to go
import { ActionIcon, Anchor, Popover } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { memo, useState } from 'react';
import classes from './explain.module.css';

export type Explanation = {
  readonly title: string;
  readonly formula: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly notes: readonly string[];
  readonly link: { readonly label: string; readonly href: string } | null;
};

export function Explain({ explanation }: { readonly explanation: Explanation }) {
  const [opened, setOpened] = useState(false);
  return <Explained title={explanation.title} explanation={opened ? explanation : null} onOpen={setOpened} />;
}

type ExplainedProps = {
  readonly title: string;
  /** null = closed: a figure that changes draws nothing of it. */
  readonly explanation: Explanation | null;
  readonly onOpen: (opened: boolean) => void;
};

const Explained = memo(function Explained({ title, explanation, onOpen }: ExplainedProps) {
  const opened = explanation !== null;
  return (
    <Popover opened={opened} onChange={onOpen} width={340} position="bottom-start" trapFocus>
      <Popover.Target>
        <ActionIcon
          size={20}
          className={classes.button}
          aria-label={`Where does “${title}” come from?`}
          aria-expanded={opened}
          onClick={() => onOpen(!opened)}
        >
          <IconInfoCircle size={14} stroke={1.6} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={`Where does “${title}” come from?`}>
        {opened && <Content explanation={explanation} onLeave={() => onOpen(false)} />}
      </Popover.Dropdown>
    </Popover>
  );
});

type ContentProps = { readonly explanation: Explanation; readonly onLeave: () => void };

function Content({ explanation: { title, formula, facts, notes, link }, onLeave }: ContentProps) {
  return (
    <>
      <p className={classes.title}>{title}</p>
      <p className={classes.formula}>{formula}</p>
      <dl className={classes.facts}>
        {facts.map(({ label, value }) => (
          <div key={label} className={classes.fact}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {notes.map((note) => (
        <p key={note} className={classes.note}>
          {note}
        </p>
      ))}
      {link !== null && (
        <Anchor href={link.href} size="sm" onClick={onLeave}>
          {link.label}
        </Anchor>
      )}
    </>
  );
}
