// What a command of the CLI is, how its arguments are read strictly, and how its help is printed from the same table.
import { parseArgs } from 'node:util';
import { nearestName } from '../../shared/domain/spend/nearest-name.ts';

export const EXIT = { clean: 0, error: 1, usage: 2, rejectedRows: 3, periodHeld: 4 } as const;

/** Where a command writes; tests hand in their own. */
export type Io = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** True on a terminal: then progress is drawn and tables may use its width. */
  readonly terminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
};

export type Option = {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  /** What stands for the value in the help. */
  readonly value?: string;
  readonly help: string;
};

export type Values = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export type Command = {
  readonly name: string;
  readonly summary: string;
  /** Positional arguments as the help shows them. */
  readonly operands: string;
  readonly operandCount: readonly [least: number, most: number];
  readonly options: Readonly<Record<string, Option>>;
  readonly notes: readonly string[];
  readonly examples: readonly string[];
  run(operands: readonly string[], values: Values, io: Io): Promise<number>;
};

/** The command line cannot be understood: exit code 2, with what to change. */
export class UsageError extends Error {}

/** Reads arguments strictly: unknown flags, missing values and surplus operands are errors. */
export function readArguments(
  command: Command,
  argv: readonly string[],
): { operands: string[]; values: Values } {
  const options = Object.fromEntries(
    Object.entries({ ...command.options, help: { type: 'boolean' as const } }).map(([name, option]) => [
      name,
      {
        type: option.type,
        multiple: 'multiple' in option && option.multiple === true,
        ...(name === 'help' ? { short: 'h' } : {}),
      },
    ]),
  );
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(problemOf(error, Object.keys(options)));
  }
  const operands = parsed.positionals;
  const [least, most] = command.operandCount;
  if (parsed.values.help !== true && (operands.length < least || operands.length > most)) {
    throw new UsageError(
      operands.length < least ? `expected ${command.operands}` : `unexpected "${operands[most] ?? ''}"`,
    );
  }
  return { operands, values: parsed.values as Values };
}

/** The parser's complaint; for an unknown flag, the one that was probably meant. */
function problemOf(error: unknown, known: readonly string[]): string {
  const message = error instanceof Error ? error.message : String(error);
  const unknown = /^Unknown option '(-+)([^']*)'/u.exec(message);
  if (unknown === null) return message;
  const [, dashes = '--', name = ''] = unknown;
  const near = nearestName(name, known);
  return `there is no option ${dashes}${name}${near === null ? '' : `; did you mean --${near}?`}`;
}

export const text = (values: Values, name: string): string | null => {
  const value = values[name];
  return typeof value === 'string' ? value : null;
};

export const texts = (values: Values, name: string): readonly string[] => {
  const value = values[name];
  return Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
};

export const flag = (values: Values, name: string): boolean => values[name] === true;

/** A value out of a closed list; null when the option was not given. */
export function choice<T extends string>(values: Values, name: string, allowed: readonly T[]): T | null {
  const value = text(values, name);
  if (value === null) return null;
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new UsageError(`--${name}: "${value}" is not one of ${allowed.join(', ')}`);
  return found;
}

/** A whole number in a range; null when the option was not given. */
export function wholeNumber(values: Values, name: string, least: number, most: number): number | null {
  const value = text(values, name);
  if (value === null) return null;
  const number = Number(value);
  if (!Number.isInteger(number) || number < least || number > most) {
    throw new UsageError(`--${name}: "${value}" is not a whole number from ${least} to ${most}`);
  }
  return number;
}

/** A value that a grammar of the domain reads; null when the option was not given. Its complaint is the caller's: exit code 2. */
export function read<T>(values: Values, name: string, parse: (value: string) => T): T | null {
  const value = text(values, name);
  return value === null ? null : asUsage(name, () => parse(value));
}

/** The same for an option that may be repeated. */
export const readEach = <T>(values: Values, name: string, parse: (value: string) => T): T[] =>
  texts(values, name).map((value) => asUsage(name, () => parse(value)));

function asUsage<T>(name: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(`--${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The workspace to use: the option, else `ASSAY_WORKSPACE`. */
export function workspaceOf(values: Values, io: Io): string {
  const path = anyWorkspace(values, io);
  if (path === null) throw new UsageError('expected --workspace <file.assay> (or ASSAY_WORKSPACE)');
  return path;
}

/** The same where a command can do without; an empty variable is none. */
export function anyWorkspace(values: Values, io: Io): string | null {
  const variable = io.env.ASSAY_WORKSPACE ?? '';
  return namedWorkspace(values) ?? (variable === '' ? null : variable);
}

/** The option alone, of commands that otherwise answer from the bundled data; null when it was not given. */
export function namedWorkspace(values: Values): string | null {
  const path = text(values, 'workspace');
  if (path === '') throw new UsageError('--workspace: expected the name of a file, such as bedrock.assay');
  return path;
}

export const WORKSPACE_OPTION: Option = {
  type: 'string',
  value: '<file.assay>',
  help: 'the workspace to use (default: the ASSAY_WORKSPACE variable)',
};
export const JSON_OPTION: Option = { type: 'boolean', help: 'print the answer as JSON (docs/schema)' };

export function helpOf(command: Command): string {
  const lines = [
    `assay ${[command.name, command.operands].filter((part) => part !== '').join(' ')} [options]`,
    '',
    command.summary,
    '',
    'Options:',
    ...columns([
      ...Object.entries(command.options).map(([name, option]): [string, string] => [
        `--${name}${option.value === undefined ? '' : ` ${option.value}`}`,
        option.multiple === true ? `${option.help} (repeatable)` : option.help,
      ]),
      ['--help', 'print this help'],
    ]),
  ];
  if (command.notes.length > 0) lines.push('', ...command.notes);
  if (command.examples.length > 0)
    lines.push('', 'Examples:', ...command.examples.map((example) => `  ${example}`));
  return `${lines.join('\n')}\n`;
}

export function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
