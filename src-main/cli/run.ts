// The table of the command line: a name, what it does, and the exit code it ends with.
import { asFailure } from '../../shared/contract/errors.ts';
import { serveCommand } from './serve.ts';

type Command = { readonly why: string; run(argv: readonly string[]): Promise<number> };

const COMMANDS: Readonly<Record<string, Command>> = {
  serve: { why: 'open the workbench in a browser on this machine', run: serveCommand },
};

const USAGE = 2;

export async function run(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  const command = name === undefined ? undefined : COMMANDS[name];
  if (command === undefined) {
    const asked = name === '--help' || name === '-h';
    (asked ? process.stdout : process.stderr).write(help());
    return asked ? 0 : USAGE;
  }
  try {
    return await command.run(rest);
  } catch (error) {
    process.stderr.write(`assay ${name}: ${asFailure(error).message}\n`);
    return isUsageError(error) ? USAGE : 1;
  }
}

const isUsageError = (error: unknown): boolean =>
  error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');

const help = (): string =>
  `usage: assay <command> [options]\n\n${Object.entries(COMMANDS)
    .map(([name, { why }]) => `  ${name}  ${why}\n`)
    .join('')}\nassay <command> --help says more.\n`;
