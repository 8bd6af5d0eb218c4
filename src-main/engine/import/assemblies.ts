// Which of the files at hand are one delivery: parts of one assembly, the newest of several, and whether all are there.
import { basename, dirname } from 'node:path';
import { AssayError } from '../../../shared/contract/errors.ts';
import { partOf } from './manifest.ts';
import type { Source } from './plan.ts';

export type Selection = { readonly newest: Source[]; readonly warnings: string[] };

/** Folder of a source, on the disk or inside its zip; that of a zip with one member is where the zip lies. */
const folderOf = ({ name }: Source): string => dirname(name);

/** Sources without a first record belong to the period of their folder, or of their report's other parts beside them. */
export function withPeriods(sources: readonly Source[]): Source[] {
  return sources.map((source) => {
    if (source.firstPeriod !== '') return source;
    const sibling = sources.find(
      (other) =>
        other.firstPeriod !== '' && other.report === source.report && folderOf(other) === folderOf(source),
    );
    const firstPeriod = sibling?.firstPeriod ?? periodOfFolder(source.path);
    return { ...source, firstPeriod, firstPayer: sibling?.firstPayer ?? '' };
  });
}

/** AWS names folders after their period: `BILLING_PERIOD=2026-04`, `20260401-20260501`. */
function periodOfFolder(path: string): string {
  const found = /BILLING_PERIOD=(\d{4}-\d{2})|[/\\](\d{4})(\d{2})01-\d{6}01[/\\]/u.exec(path);
  if (found === null) return '';
  return found[1] ?? `${found[2]}-${found[3]}`;
}

/**
 * A manifest names all files of its delivery. What only looks like one of them is left behind from an earlier delivery
 * that had more parts, or made from them by somebody: its rows would count twice.
 */
export function namedByManifest(sources: readonly Source[]): Selection {
  const stemOf = (source: Source): string => `${folderOf(source)}\n${partOf(source.name).stem}`;
  const named = new Set(sources.filter(isOfItsManifest).map(stemOf));
  const isStray = (source: Source): boolean => source.manifest === null && named.has(stemOf(source));
  return {
    newest: sources.filter((source) => !isStray(source)),
    warnings: sources
      .filter(isStray)
      .map(
        ({ name }) =>
          `${name} is not one of the files that the manifest of its delivery names; it was left out.`,
      ),
  };
}

/** Files of several deliveries have the same names: a manifest elsewhere is a file's own where it names its folder too. */
function isOfItsManifest({ path, manifest, manifestNamesFolder }: Source): boolean {
  return manifest !== null && (manifestNamesFolder || dirname(manifest.path) === dirname(path));
}

/** A part that lies in one folder twice, packed and unpacked, is read once: as AWS delivered it. */
export function onePartOnce({ newest: sources, warnings: before }: Selection): Selection {
  const groups = Map.groupBy(
    sources,
    ({ path, entry, report, part }) =>
      `${dirname(path)}\n${partOf(path).stem}\n${report}\n${part}\n${entry ?? ''}`,
  );
  const newest: Source[] = [];
  const warnings = [...before];
  for (const group of groups.values()) {
    const packed = group.find(({ compression }) => compression !== 'none');
    if (group.length === 1) {
      newest.push(...group);
      continue;
    }
    if (packed === undefined) throw onePartTwice(group);
    newest.push(packed);
    for (const { path } of group) {
      if (path !== packed.path) {
        warnings.push(`${path} is the same part as ${basename(packed.path)} beside it; it was left out.`);
      }
    }
  }
  return { newest, warnings };
}

/** Throws where one of the files may hold the rows of the others, and nothing says whether it does. */
function refuseWholeBesideParts(sources: readonly Source[]): void {
  const whole = sources.find(({ part, manifest }) => part === null && manifest === null);
  const numbered = sources.find(({ part }) => part !== null);
  if (whole !== undefined && numbered !== undefined) throw onePartTwice([whole, numbered]);
}

function onePartTwice(sources: readonly Source[]): AssayError {
  const { report, firstPeriod } = sources[0] as Source;
  return new AssayError(
    'period_held',
    `${sources.map(({ name }) => name).join(' and ')} may hold the same rows of ${report}, period ${firstPeriod}, which would count twice. Give one of them; parts of one report are named ${report}-00001, ${report}-00002.`,
    { file: sources[0]?.name ?? '' },
  );
}

type Assembly = { readonly folder: string; readonly sources: Source[] };

/**
 * Each assembly of a report holds its whole period so far. Where a folder brings several of one report, period and
 * payer, only the newest counts, with all its parts.
 */
export function newestAssemblies({ newest: sources, warnings: before }: Selection): Selection {
  const groups = Map.groupBy(sources, ({ report, firstPeriod }) => `${report} ${firstPeriod}`);
  const newest: Source[] = [];
  const warnings = [...before];
  for (const group of groups.values()) {
    const parts = Map.groupBy(group, ({ part, name }) => `${part ?? partOf(name).stem}`);
    const hasDuplicates = [...parts.values()].some((same) => same.length > 1);
    if (!hasDuplicates) {
      refuseWholeBesideParts(group);
      newest.push(...group);
      continue;
    }
    const bills = billsOf(group);
    for (const assemblies of bills) {
      const [first, ...older] = assemblies.toSorted((left, right) => ageOf(right).localeCompare(ageOf(left)));
      const bill = bills.length === 1 ? '' : (first?.folder ?? '');
      refuseWholeBesideParts(first?.sources ?? []);
      newest.push(...(first?.sources ?? []).map((source) => ({ ...source, bill })));
      for (const { folder } of older) {
        warnings.push(`${folder} holds an older delivery of the same report and period; it was left out.`);
      }
    }
  }
  return { newest, warnings };
}

/** The assemblies of one report and period by payer: those of two payers are two bills. */
function billsOf(group: readonly Source[]): Assembly[][] {
  const bills: { payers: Set<string>; assemblies: Assembly[] }[] = [];
  for (const [folder, sources] of Map.groupBy(group, folderOf)) {
    const payers = new Set(sources.map(({ firstPayer }) => firstPayer));
    const same = bills.filter((bill) => [...payers].some((payer) => bill.payers.has(payer)));
    for (const bill of same) {
      for (const payer of bill.payers) payers.add(payer);
      bills.splice(bills.indexOf(bill), 1);
    }
    bills.push({
      payers,
      assemblies: [...same.flatMap(({ assemblies }) => assemblies), { folder, sources }],
    });
  }
  return bills.map(({ assemblies }) => assemblies);
}

/** Sorts assemblies by age: the one its period's manifest names, then by the time in the folder's name or the files'. */
function ageOf({ folder, sources }: Assembly): string {
  const isNamed = sources.some(({ isNewestAssembly }) => isNewestAssembly);
  const stamp = /\d{4}-?\d{2}-?\d{2}T[\d:.]+Z?/u.exec(basename(folder))?.[0].replaceAll(/[-:]/gu, '');
  const modified = new Date(Math.max(...sources.map((source) => source.modified)));
  return `${isNamed ? 1 : 0} ${stamp ?? modified.toISOString().replaceAll(/[-:]/gu, '')}`;
}

/** Throws `missing_parts` when a delivery's manifest or its part numbers say that a file is not there. */
export function refuseMissingParts(sources: readonly Source[]): void {
  for (const [key, group] of Map.groupBy(
    sources,
    ({ report, firstPeriod, bill }) => `${report}, period ${firstPeriod}${bill === '' ? '' : `, in ${bill}`}`,
  )) {
    const missing = [...missingFromManifest(group), ...missingNumbers(group)];
    if (missing.length === 0) continue;
    throw new AssayError(
      'missing_parts',
      `${key}: ${missing.join(', ')} is missing, so the totals would be too low. Add the missing part, or import what is there by allowing missing parts.`,
      { report: key, missing: missing.join(', ') },
    );
  }
}

function missingFromManifest(group: readonly Source[]): string[] {
  const manifest = group.find((source) => source.manifest !== null)?.manifest;
  if (manifest === undefined || manifest === null) return [];
  const given = new Set(group.map(({ path }) => basename(path)));
  const stems = new Set(group.map(({ path }) => partOf(path).part));
  // Files are often unpacked after the download, so a part with the same number counts as there.
  return manifest.keys
    .map((key) => basename(key))
    .filter((name) => !given.has(name) && !stems.has(partOf(name).part));
}

function missingNumbers(group: readonly Source[]): string[] {
  const numbers = group.map(({ part }) => part).filter((part) => part !== null);
  if (numbers.length === 0) return [];
  const start = numbers.includes(0) ? 0 : 1;
  const last = Math.max(...numbers);
  const missing: string[] = [];
  for (let number = start; number < last && missing.length < 20; number++) {
    if (!numbers.includes(number)) missing.push(`part ${number}`);
  }
  return missing;
}
