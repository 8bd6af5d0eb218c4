// Finds the command, runs it, and turns every failure into a message and an exit code.
import { AssayError } from '../../shared/contract/errors.ts';
import { nearestName } from '../../shared/domain/spend/nearest-name.ts';
import { type Command, columns, EXIT, helpOf, type Io, readArguments, UsageError } from './command.ts';
import { COMMANDS } from './commands.ts';
import { printable } from './text.ts';
import { version } from './version.ts';

const processIo: Io = {
  // Into a file or a pipe goes what there is, to the byte.
  out: (text) => process.stdout.write(process.stdout.isTTY === true ? printable(text) : text),
  err: (text) => process.stderr.write(text),
  terminal: process.stderr.isTTY === true,
  env: process.env,
};

/** Runs one command line (without `node assay`) and returns the exit code. */
export async function run(argv: readonly string[], io: Io = processIo): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === 'help')
    return printOverview(io, name === undefined);
  if (name === '--version') {
    io.out(`${version()}\n`);
    return EXIT.clean;
  }
  const command = commandOf(name, rest);
  if (command === null) {
    const group = COMMANDS.filter((candidate) => candidate.name.startsWith(`${name} `));
    if (group.length > 0 && (rest.length === 0 || rest[0] === '--help'))
      return printGroup(io, name, group, rest.length === 0);
    io.err(`assay: ${noCommand(group.length > 0 ? `${name} ${rest[0]}` : name)}\n`);
    return EXIT.usage;
  }
  const argument = command.name.includes(' ') ? rest.slice(1) : rest;
  try {
    const { operands, values } = readArguments(command, argument);
    if (values.help === true) {
      io.out(helpOf(command));
      return EXIT.clean;
    }
    return await command.run(operands, values, io);
  } catch (error) {
    return report(error, command.name, io);
  }
}

/** A command has one word or two (`scenario run`); where both exist, two words say more than one. */
const commandOf = (name: string, rest: readonly string[]): Command | null =>
  named(`${name} ${rest[0] ?? ''}`) ?? named(name);

const named = (name: string): Command | null => COMMANDS.find((command) => command.name === name) ?? null;

function noCommand(asked: string): string {
  const near = nearestName(
    asked,
    COMMANDS.map((command) => command.name),
  );
  return `there is no command "${asked}"${near === null ? '.' : `; did you mean ${near}?`} See: assay --help`;
}

function report(error: unknown, name: string, io: Io): number {
  const say = (message: string): void => io.err(printable(`assay ${name}: ${message}\n`));
  if (error instanceof UsageError) {
    const end = /[.?!]$/u.test(error.message) ? '' : '.';
    say(`${error.message}${end} See: assay ${name} --help`);
    return EXIT.usage;
  }
  if (error instanceof AssayError) {
    say(error.message);
    return error.code === 'invalid_input' || error.code === 'unknown_dimension' ? EXIT.usage : EXIT.error;
  }
  say(error instanceof Error ? error.message : String(error));
  return EXIT.error;
}

/** What the first of two words leads to (`catalog`: `catalog list`, `catalog import` …). */
function printGroup(io: Io, name: string, group: readonly Command[], asError: boolean): number {
  const lines = [
    `assay ${name} needs a second word:`,
    '',
    ...columns(group.map((command): [string, string] => [command.name, command.summary])),
    '',
    `assay ${name} <word> --help tells more.`,
  ];
  return print(io, lines, asError);
}

function printOverview(io: Io, asError: boolean): number {
  const lines = [
    'assay <command> [options]: the cost of Amazon Bedrock, from your own billing exports, offline.',
    '',
    'Commands:',
    ...columns(COMMANDS.map(({ name, summary }): [string, string] => [name, summary])),
    '',
    'assay <command> --help tells more; assay --version prints the version.',
    'Exit codes: 0 clean, 1 error, 2 usage, 3 imported with rejected rows, 4 period already held.',
  ];
  return print(io, lines, asError);
}

/** Help that was asked for goes out; help in the place of an answer is an error. */
function print(io: Io, lines: readonly string[], asError: boolean): number {
  (asError ? io.err : io.out)(`${lines.join('\n')}\n`);
  return asError ? EXIT.usage : EXIT.clean;
}
