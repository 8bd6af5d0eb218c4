// assay scenario template: published stacks of levers, held against the user's own bill.
import { writeFileSync } from 'node:fs';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import type { templateList } from '../../../shared/contract/templates.ts';
import { parsePeriod, parseWhere } from '../../../shared/domain/spend/grammar.ts';
import { nearestName } from '../../../shared/domain/spend/nearest-name.ts';
import { TEMPLATE_NAMES, TEMPLATES, type Template } from '../../../shared/domain/whatif/templates.ts';
import { confirmableSteps } from '../../../shared/domain/whatif/walk-template.ts';
import {
  type Command,
  EXIT,
  flag,
  JSON_OPTION,
  read,
  readEach,
  text,
  texts,
  UsageError,
  type Values,
  WORKSPACE_OPTION,
  workspaceOf,
} from '../command.ts';
import { withHeldData } from '../session.ts';
import { formatMoney } from '../text.ts';

type Walk = Output<'scenario.template'>;

export const templateCommand: Command = {
  name: 'scenario template',
  summary: 'List published stacks of levers, or hold one against your own lines and make a scenario of it.',
  operands: '[list | <name>]',
  operandCount: [0, 1],
  options: {
    workspace: WORKSPACE_OPTION,
    period: { type: 'string', value: '<from..to>', help: 'the baseline (default: all that is held)' },
    where: { type: 'string', multiple: true, value: '<condition>', help: 'conditions of the baseline' },
    confirm: {
      type: 'string',
      multiple: true,
      value: '<step>',
      help: 'a step whose assumptions you have checked: its lever is switched on',
    },
    out: { type: 'string', value: '<file.json>', help: 'write the scenario to a new file' },
    json: JSON_OPTION,
  },
  notes: [
    `Templates: ${TEMPLATE_NAMES.join(', ')}.`,
    'Levers are written switched off until their step is confirmed; steps the bill cannot support are left out, with the reason.',
  ],
  examples: [
    'assay scenario template list',
    'assay scenario template eight-steps --workspace bedrock.assay --period 2026-10 --confirm batch --out plan.json',
  ],
  run: async ([name = 'list'], values, io) => {
    if (name === 'list') {
      io.out(flag(values, 'json') ? `${JSON.stringify(LIST, null, 2)}\n` : listText());
      return EXIT.clean;
    }
    const walk = await walked(templateNamed(name), values, workspaceOf(values, io));
    const file = text(values, 'out');
    if (file !== null) writeScenario(file, walk);
    io.out(flag(values, 'json') ? `${JSON.stringify(walk, null, 2)}\n` : walkText(walk));
    return EXIT.clean;
  },
};

function templateNamed(name: string): Template {
  const known = TEMPLATE_NAMES.find((candidate) => candidate === name);
  if (known !== undefined) return TEMPLATES[known];
  const near = nearestName(name, [...TEMPLATE_NAMES]);
  const hint = near === null ? `it is one of ${TEMPLATE_NAMES.join(', ')}` : `did you mean ${near}?`;
  throw new UsageError(`there is no template "${name}"; ${hint}`);
}

function walked(template: Template, values: Values, workspace: string): Promise<Walk> {
  const confirmed = [...texts(values, 'confirm')];
  const known = confirmableSteps(template);
  const unknown = confirmed.find((step) => !known.includes(step));
  if (unknown !== undefined) {
    throw new UsageError(`--confirm: "${unknown}" is no step of ${template.name}: ${known.join(', ')}`);
  }
  const where = readEach(values, 'where', parseWhere);
  const stated = read(values, 'period', parsePeriod);
  return withHeldData(workspace, async (engine) => {
    const period = stated ?? (await engine.call('workspace.info', {})).days;
    if (period === null) {
      throw new AssayError('not_found', 'The workspace holds no bill yet: import one first.', {});
    }
    return engine.call('scenario.template', {
      template: template.name,
      baseline: { period, where: where.map((filter) => ({ ...filter, values: [...filter.values] })) },
      confirmed,
    });
  });
}

/** Throws `file_unwritable` where the file is there already: a scenario somebody has worked on is not overwritten. */
function writeScenario(file: string, { scenario }: Walk): void {
  try {
    writeFileSync(file, `${JSON.stringify(scenario, null, 2)}\n`, { flag: 'wx' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AssayError('file_unwritable', `${file}: cannot be written (${reason}). Name a new file.`, {
      file,
    });
  }
}

const LIST = {
  schemaVersion: 1 as const,
  templates: TEMPLATE_NAMES.map((name) => {
    const { steps, ...head } = TEMPLATES[name];
    return {
      ...head,
      steps: steps.map(({ id, title, assumes, confirm, asks }) => ({
        id,
        title,
        assumes: [...assumes],
        confirm: [...confirm],
        asks: [...asks],
      })),
    };
  }),
} satisfies Zod<typeof templateList>;
type Zod<S extends { readonly _zod: { readonly output: unknown } }> = S['_zod']['output'];

function listText(): string {
  return LIST.templates
    .flatMap(({ name, title, source, note, steps }) => [
      `${name}: ${title}`,
      `  Source: ${source}.`,
      `  ${note}`,
      ...steps.map((step, index) => `  ${index + 1}. ${step.title} (${step.id})`),
      '',
    ])
    .join('\n');
}

function stateText({ state, confirmed }: Walk['steps'][number]): string {
  if (!confirmed) return STATES[state];
  return state === 'ready' ? 'confirmed' : `confirmed, ${STATES[state]}`;
}

const STATES = { ready: 'to confirm', asks: 'figures missing', refused: 'refused' } as const;

function walkText({ title, illustration, note, currency, steps, scenario }: Walk): string {
  const { from, to } = scenario.baseline.period;
  return [
    `${title}${illustration ? ' (an illustration)' : ''}: ${from} to ${to}`,
    note,
    '',
    ...steps.flatMap((step, index) => [
      `${index + 1}. ${step.title} (${step.id}): ${stateText(step)}`,
      ...(step.alone === null
        ? []
        : [`   By itself with these figures: ${formatMoney(step.alone.base, currency)} in the baseline.`]),
      ...(step.cost === null ? [] : [`   On the bill: ${formatMoney(step.cost, currency)}.`]),
      ...step.reasons.map((line) => `   Refused: ${line}`),
      ...(step.state === 'refused'
        ? []
        : [
            ...step.assumes.map((line) => `   Assumes: ${line}`),
            ...step.confirm.map((line) => `   Confirm: ${line}`),
            ...step.asks.map((line) => `   Missing: ${line}`),
          ]),
    ]),
    '',
  ].join('\n');
}
