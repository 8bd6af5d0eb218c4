// assay sample: write a synthetic export to try things on, with its own answer sheet.

import { SAMPLE_DEFAULTS, writeSample } from '../../engine/sample/write.ts';
import { type Command, choice, EXIT, flag, JSON_OPTION, text, UsageError, wholeNumber } from '../command.ts';
import { formatCount, formatMoney } from '../text.ts';

export const sampleCommand: Command = {
  name: 'sample',
  summary:
    'Write a synthetic billing export with Bedrock lines in every family, and truth.json with its own totals.',
  operands: '<dir>',
  operandCount: [1, 1],
  options: {
    rows: { type: 'string', value: '<n>', help: `usage lines to aim at (default: ${SAMPLE_DEFAULTS.rows})` },
    months: { type: 'string', value: '<n>', help: `months (default: ${SAMPLE_DEFAULTS.months})` },
    seed: {
      type: 'string',
      value: '<n>',
      help: `seed; the same seed writes the same bytes (default: ${SAMPLE_DEFAULTS.seed})`,
    },
    format: { type: 'string', value: '<format>', help: 'cur-1.0 or cur-2.0 (default: cur-2.0)' },
    'last-month': {
      type: 'string',
      value: '<YYYY-MM>',
      help: `last month, without an invoice yet (default: ${SAMPLE_DEFAULTS.lastMonth})`,
    },
    plain: { type: 'boolean', help: 'do not compress the files' },
    json: JSON_OPTION,
  },
  notes: [
    'Everything in it is invented. About 8 % of the lines are Bedrock; a small sample holds relatively more of them.',
  ],
  examples: ['assay sample ./sample', 'assay sample ./big --rows 1000000 --format cur-1.0 --seed 7'],
  run: async ([folder = ''], values, io) => {
    const lastMonth = text(values, 'last-month') ?? SAMPLE_DEFAULTS.lastMonth;
    if (!/^\d{4}-(?:0[1-9]|1[0-2])$/u.test(lastMonth))
      throw new UsageError(`--last-month: "${lastMonth}" is not YYYY-MM`);
    const { files, truth } = await writeSample({
      folder,
      rows: wholeNumber(values, 'rows', 1, 1_000_000_000) ?? SAMPLE_DEFAULTS.rows,
      months: wholeNumber(values, 'months', 1, 120) ?? SAMPLE_DEFAULTS.months,
      seed: wholeNumber(values, 'seed', 0, 2 ** 31) ?? SAMPLE_DEFAULTS.seed,
      format: choice(values, 'format', ['cur-1.0', 'cur-2.0']) ?? SAMPLE_DEFAULTS.format,
      compression: flag(values, 'plain') ? 'none' : 'gzip',
      lastMonth,
    });
    if (flag(values, 'json')) io.out(`${JSON.stringify({ schemaVersion: 1, files, truth }, null, 2)}\n`);
    else {
      io.out(`${files.join('\n')}\n`);
      io.out(
        `${formatCount(truth.rows)} rows, ${formatCount(truth.bedrock.lineItems)} of them Bedrock (${formatMoney(truth.bedrock.unblended, truth.currency)}); truth.json has the totals.\n`,
      );
    }
    return EXIT.clean;
  },
};
