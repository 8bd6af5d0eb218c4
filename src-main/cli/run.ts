// Finds the command, runs it, and turns every failure into a message and an exit code.
import { AssayError } from '../../shared/contract/errors.ts';
import { columns, EXIT, helpOf, type Io, readArguments, UsageError } from './command.ts';
import { COMMANDS } from './commands.ts';
import { serveCommand } from './serve.ts';
import { version } from './version.ts';

const processIo: Io = {
  out: (text) => process.stdout.write(text),
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
  // The server reads its own arguments and runs until it is interrupted.
  if (name === 'serve') {
    try {
      return await serveCommand(rest);
    } catch (error) {
      return report(error instanceof TypeError ? new UsageError(error.message) : error, name, io);
    }
  }
  const command = subcommand(name, rest) ?? COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) {
    io.err(`assay: there is no command "${name}". See: assay --help\n`);
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

const subcommand = (name: string, rest: readonly string[]): (typeof COMMANDS)[number] | undefined =>
  COMMANDS.find((candidate) => candidate.name === `${name} ${rest[0] ?? ''}`);

function report(error: unknown, name: string, io: Io): number {
  if (error instanceof UsageError) {
    io.err(`assay ${name}: ${error.message}. See: assay ${name} --help\n`);
    return EXIT.usage;
  }
  if (error instanceof AssayError) {
    io.err(`assay ${name}: ${error.message}\n`);
    return error.code === 'invalid_input' || error.code === 'unknown_dimension' ? EXIT.usage : EXIT.error;
  }
  io.err(`assay ${name}: ${error instanceof Error ? error.message : String(error)}\n`);
  return EXIT.error;
}

function printOverview(io: Io, asError: boolean): number {
  const lines = [
    'assay <command> [options]: the cost of Amazon Bedrock, from your own billing exports, offline.',
    '',
    'Commands:',
    ...columns([
      ...COMMANDS.map(({ name, summary }): [string, string] => [name, summary]),
      ['serve', 'Open the workbench in a browser on this machine.'],
    ]),
    '',
    'assay <command> --help tells more; assay --version prints the version.',
    'Exit codes: 0 clean, 1 error, 2 usage, 3 imported with rejected rows, 4 period already held.',
  ];
  (asError ? io.err : io.out)(`${lines.join('\n')}\n`);
  return asError ? EXIT.usage : EXIT.clean;
}
