// assay calibrate: every checkable figure of the publications against ours.
import type { Output } from '../../../shared/contract/methods.ts';
import { VERDICTS } from '../../../shared/domain/calibration/example.ts';
import { exampleFigures, publishedText, VERDICT_NAMES } from '../../../shared/format/calibration.ts';
import { createFormat } from '../../../shared/format/format.ts';
import { type Command, choice, EXIT, flag, JSON_OPTION } from '../command.ts';
import { withScratchEngine } from '../session.ts';
import { left, right, table } from '../table.ts';

type Answer = Output<'catalog.calibrate'>;

const format = createFormat();

export const calibrateCommand: Command = {
  name: 'calibrate',
  summary:
    'Hold published figures about Bedrock cost against ours: computed, looked up, or why it cannot be told.',
  operands: '',
  operandCount: [0, 0],
  options: {
    verdict: { type: 'string', value: '<verdict>', help: `only these: ${VERDICTS.join(', ')}` },
    json: JSON_OPTION,
  },
  notes: [
    'Prices are those of the publication’s own day; a publication without a date is held against today’s.',
    'Exit code 1 when a figure of ours no longer supports its verdict.',
  ],
  examples: ['assay calibrate', 'assay calibrate --verdict wrong'],
  run: (_, values, io) => {
    const verdict = choice(values, 'verdict', VERDICTS);
    return withScratchEngine(async (engine) => {
      const answer = await engine.call('catalog.calibrate', {});
      const rows = answer.rows.filter((row) => verdict === null || row.verdict === verdict);
      io.out(
        flag(values, 'json')
          ? `${JSON.stringify({ ...answer, rows }, null, 2)}\n`
          : describe({ ...answer, rows }),
      );
      return answer.rows.every(({ holds }) => holds) ? EXIT.clean : EXIT.error;
    });
  },
};

function describe({ rows, kinds, verdicts, catalogVersion }: Answer): string {
  const counts = [
    ...kinds.map(({ kind, count }) => `${count} ${kind}`),
    ...verdicts.map(({ verdict, count }) => `${count} ${VERDICT_NAMES[verdict].toLowerCase()}`),
  ];
  const body = rows.map((row) => [
    left(row.document),
    left(row.says),
    right(publishedText(row.published, row.unit, format)),
    right(row.ours === null ? '—' : exampleFigures(row.ours, row.unit, format)),
    left(row.unit),
    left(`${VERDICT_NAMES[row.verdict]}${row.holds ? '' : ' (no longer supported)'}`),
    left(row.note),
  ]);
  return `Catalog ${catalogVersion}: ${counts.join(', ')}\n\n${table(
    [
      left('Source'),
      left('Claim'),
      right('Published'),
      right('Ours'),
      left('Unit'),
      left('Verdict'),
      left('Note'),
    ],
    body,
  )}`;
}
