// Reads a scenario from the text of a file: strictly, and with the line of what cannot be read.
import { nearestName } from '../domain/spend/nearest-name.ts';
import { AssayError } from './errors.ts';
import { scenario } from './scenario.ts';

export type ReadScenario = ReturnType<typeof scenario.parse>;

/**
 * The scenario of a file: the scenario itself, or an export that holds it beside its answer. Throws `invalid_input`
 * naming the file, the line and the field, and what to do about it.
 */
export function readScenarioText(text: string, file: string): ReadScenario {
  const content = parsedJson(text, file);
  const wrapped = typeof content === 'object' && content !== null && 'scenario' in content;
  return parseScenario(wrapped ? content.scenario : content, file, text, wrapped ? ['scenario'] : []);
}

/** Checks a scenario. `text` is what it was read from, to name lines by; `at` is where in it the scenario stands. */
export function parseScenario(
  content: unknown,
  file: string,
  text: string | null = null,
  at: readonly string[] = [],
): ReadScenario {
  const place = (path: readonly string[]): string => placeOf(text, [...at, ...path]);
  if (typeof content !== 'object' || content === null || Array.isArray(content) || !('levers' in content)) {
    throw new AssayError(
      'invalid_input',
      `${file}: this is no scenario: it has no list of levers. Export one from the scenario screen, or start from an example in docs/scenarios.`,
      { file },
    );
  }
  const parsed = scenario.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.map(String) ?? [];
    throw fault(file, place(path), path.join('.'), `${issue?.message ?? 'not a scenario'}${remedy(path)}`);
  }
  refuseUnread(content, parsed.data, [], (path, near) => {
    const hint = near === null ? 'Take it out.' : `Did you mean ${near}?`;
    throw fault(file, place(path), path.join('.'), `a scenario has no such field. ${hint}`);
  });
  return parsed.data;
}

function parsedJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/u.exec(reason)?.[1];
    const line = position === undefined ? '' : `line ${lineAt(text, Number(position))}: `;
    throw new AssayError(
      'invalid_input',
      `${file}: ${line}the file is not JSON (${reason}). Correct it in an editor, or export the scenario again.`,
      { file },
    );
  }
}

function fault(file: string, place: string, field: string, message: string): AssayError {
  const what = [field, message].filter((part) => part !== '').join(': ');
  return new AssayError('invalid_input', `${file}: ${place}${what}`, { file, field });
}

function remedy(path: readonly string[]): string {
  return path[0] === 'schemaVersion'
    ? '. It was written by another version of Assay: open it there and export it again.'
    : '. docs/schema/scenario.schema.json says what may stand there.';
}

type Refuse = (path: readonly string[], near: string | null) => void;

/** A misspelt field would otherwise be left out without a word. `$schema` is an editor's. */
function refuseUnread(given: unknown, read: unknown, path: readonly string[], refuse: Refuse): void {
  if (typeof given !== 'object' || given === null || typeof read !== 'object' || read === null) return;
  const known = new Map(Object.entries(read));
  for (const [name, value] of Object.entries(given)) {
    const at = [...path, name];
    if (known.has(name)) refuseUnread(value, known.get(name), at, refuse);
    else if (at.join('.') !== '$schema') refuse(at, nearestName(name, [...known.keys()]));
  }
}

/** `line 12: ` of the deepest part of a path that the text has; empty where the text is not known. */
function placeOf(text: string | null, path: readonly string[]): string {
  if (text === null) return '';
  const offsets = new Map<string, number>();
  collectOffsets(text, offsets);
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const offset = offsets.get(path.slice(0, depth).join('\u0000'));
    if (offset !== undefined) return `line ${lineAt(text, offset)}: `;
  }
  return '';
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Where each value of a JSON text begins (object members: their key), by path. The text has been parsed before. */
function collectOffsets(text: string, offsets: Map<string, number>): void {
  const stack: { readonly path: readonly string[]; index: number | null; key: string | null }[] = [];
  const here = (): readonly string[] => {
    const top = stack.at(-1);
    if (top === undefined) return [];
    return [...top.path, top.index === null ? (top.key ?? '') : String(top.index)];
  };
  const note = (offset: number): void => {
    const id = here().join('\u0000');
    if (!offsets.has(id)) offsets.set(id, offset);
  };
  for (const token of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gu)) {
    const [value] = token;
    const top = stack.at(-1);
    if (value === '}' || value === ']') stack.pop();
    else if (value === ',') {
      if (top !== undefined && top.index !== null) top.index += 1;
      else if (top !== undefined) top.key = null;
    } else if (value === '{' || value === '[') {
      note(token.index);
      stack.push({ path: here(), index: value === '[' ? 0 : null, key: null });
    } else if (top !== undefined && top.index === null && top.key === null && value !== ':') {
      top.key = JSON.parse(value);
      note(token.index);
    } else if (value !== ':') note(token.index);
  }
}
