// The import directions of ARCHITECTURE.md, held by a test so that they hold even where lint is skipped.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/u.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

const FILES = ['shared', 'src-main', 'src-renderer'].flatMap(sources);
const text = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Module specifiers a file imports, relative ones resolved to a path from the root. */
function imports(file: string): string[] {
  const found = text(file).matchAll(
    /^(?:import|export)[^';]*?from '([^']+)'|^import '([^']+)'|import\('([^']+)'\)/gmu,
  );
  return [...found].map(([, from, bare, dynamic]) => {
    const specifier = from ?? bare ?? dynamic ?? '';
    return specifier.startsWith('.') ? relative(ROOT, resolve(ROOT, file, '..', specifier)) : specifier;
  });
}

type Rule = { why: string; files: RegExp; except?: RegExp; forbidden: RegExp };

const IMPORT_RULES: readonly Rule[] = [
  { why: 'the domain is pure', files: /^shared\/domain\//u, forbidden: /^(?!shared\/domain\/)/u },
  {
    why: 'the contract knows the domain and zod',
    files: /^shared\/contract\//u,
    forbidden: /^(?!shared\/(contract|domain)\/|zod$)/u,
  },
  { why: 'shared runs anywhere', files: /^shared\//u, forbidden: /^(node:|electron|react|src-)/u },
  { why: 'the engine never imports Electron', files: /^src-main\/engine\//u, forbidden: /^electron/u },
  {
    why: 'the engine does not know its hosts',
    files: /^src-main\/engine\//u,
    forbidden: /^src-main\/(hosts|cli|shell)\/|^src-renderer/u,
  },
  {
    why: 'SQLite is reached through engine/db',
    files: /^src-main\//u,
    except: /^src-main\/engine\/db\//u,
    forbidden: /^better-sqlite3/u,
  },
  {
    why: 'CSV, JSON, zip and Parquet readers belong to what reads files: exports, and counts beside them',
    files: /^src-main\//u,
    except: /^src-main\/engine\/(import|metrics)\//u,
    forbidden: /^(papaparse|yauzl|minizlib|hyparquet|@streamparser\/)/u,
  },
  {
    why: 'workbooks are written by what exports, and read where rate cards are',
    files: /^src-main\//u,
    except: /^src-main\/engine\/(export\/|import\/rate-workbook\.ts)/u,
    forbidden: /^hucre/u,
  },
  {
    why: 'Electron belongs to the shell',
    files: /^src-main\//u,
    except: /^src-main\/(shell\/|main\.ts|preload\.ts)/u,
    forbidden: /^electron$/u,
  },
  {
    why: 'the renderer knows shared only',
    files: /^src-renderer\//u,
    forbidden: /^(src-main|node:|electron|better-sqlite3)/u,
  },
  {
    why: 'ui parts know no contract',
    files: /^src-renderer\/ui\//u,
    forbidden: /^shared\/contract|^src-renderer\/(screens|app)\//,
  },
];

const TEXT_RULES: readonly Rule[] = [
  {
    why: 'no clock and no randomness in the domain',
    files: /^shared\/domain\//u,
    forbidden: /Date\.now|new Date\(\)|Math\.random|performance\.now/u,
  },
  {
    why: 'numbers become text in shared/format only',
    files: /^(shared|src-main|src-renderer)\//u,
    except: /^shared\/format\//u,
    forbidden: /\.toFixed\(|Intl\.|toLocaleString\(/u,
  },
  {
    why: 'SQL lives in engine/db',
    files: /^src-main\//u,
    except: /^src-main\/engine\/db\//u,
    forbidden: /\b(SELECT\s.+\sFROM|INSERT\s+INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET)\b/su,
  },
  {
    why: 'no HTML strings, no eval',
    files: /^(shared|src-main|src-renderer)\//u,
    forbidden: /dangerouslySetInnerHTML|\.innerHTML|\beval\(|new Function\(/u,
  },
  {
    why: 'external links are opened in one place',
    files: /^src-main\//u,
    except: /^src-main\/shell\//u,
    forbidden: /openExternal/u,
  },
];

describe('architecture', () => {
  test.each(IMPORT_RULES)('imports: $why', ({ files, except, forbidden }) => {
    const broken = FILES.filter((file) => files.test(file) && !(except?.test(file) ?? false)).flatMap(
      (file) =>
        imports(file)
          .filter((specifier) => forbidden.test(specifier))
          .map((specifier) => `${file} imports ${specifier}`),
    );
    expect(broken).toEqual([]);
  });

  test.each(TEXT_RULES)('text: $why', ({ files, except, forbidden }) => {
    const broken = FILES.filter(
      (file) => files.test(file) && !(except?.test(file) ?? false) && forbidden.test(text(file)),
    );
    expect(broken).toEqual([]);
  });

  test('a screen never imports another screen', () => {
    const broken = FILES.filter((file) => file.startsWith('src-renderer/screens/')).flatMap((file) => {
      const own = file.split('/').slice(0, 3).join('/');
      return imports(file)
        .filter((target) => target.startsWith('src-renderer/screens/') && !target.startsWith(`${own}/`))
        .map((target) => `${file} imports ${target}`);
    });
    expect(broken).toEqual([]);
  });
});
