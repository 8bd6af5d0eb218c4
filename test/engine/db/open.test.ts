// Opening a workspace: what is refused is left untouched, what was interrupted is swept, one owner at a time.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeWorkspace, openWorkspace, recoveryNotes } from '../../../src-main/engine/db/open.ts';
import { APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION } from '../../../src-main/engine/db/schema.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-open-'));
  path = join(folder, 'a.assay');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { code?: string }).code ?? 'no code';
  }
  return 'nothing was thrown';
};

const messageOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
};

test('the schema is the one in schema.snapshot.sql: change both, and look at the difference', async () => {
  const db = openWorkspace(path);
  const parts = db
    .prepare<[], string>(
      "SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name",
    )
    .pluck()
    .all();
  closeWorkspace(db);
  await expect(`${parts.join('\n')}\n`).toMatchFileSnapshot(
    resolve(import.meta.dirname, 'schema.snapshot.sql'),
  );
});

test('a closed workspace is one plain file', () => {
  const db = openWorkspace(path);
  db.exec("INSERT INTO setting VALUES ('theme', 'dark')");
  expect(existsSync(`${path}-wal`)).toBe(true);
  closeWorkspace(db);
  expect(['-wal', '-shm', '-owner'].filter((suffix) => existsSync(`${path}${suffix}`))).toEqual([]);
  expect(readFileSync(path)[18]).toBe(1);
});

test.each(['', ' '])(
  'a workspace named "%s" is refused, and leaves no lock in the folder one is in',
  (name) => {
    const lock = resolve(`${name}-owner`);
    expect(messageOf(() => openWorkspace(name))).toBe(
      'A workspace needs the name of a file, such as bedrock.assay.',
    );
    expect(codeOf(() => openWorkspace(name, { readOnly: true }))).toBe('file_not_found');
    expect(existsSync(lock)).toBe(false);
  },
);

describe('what is not a workspace of ours is refused and left untouched', () => {
  const refusals: { what: string; code: string; make: () => void }[] = [
    {
      what: 'a text file',
      code: 'workspace_not_assay',
      make: () => writeFileSync(path, 'hello\n'.repeat(100)),
    },
    {
      what: "another program's database",
      code: 'workspace_not_assay',
      make: () => {
        const other = new Database(path);
        other.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1)');
        other.close();
      },
    },
    {
      what: 'a workspace of a newer version',
      code: 'workspace_newer',
      make: () => {
        closeWorkspace(openWorkspace(path));
        const newer = new Database(path);
        newer.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
        newer.close();
      },
    },
  ];
  test('a workspace whose head is gone, with no backup: damaged, because its tables tell', () => {
    closeWorkspace(openWorkspace(path));
    const bytes = readFileSync(path);
    for (const [from, to] of [
      [0, 100],
      [68, 72],
    ] as const) {
      const broken = Buffer.from(bytes);
      broken.fill(0, from, to);
      writeFileSync(path, broken);
      expect(codeOf(() => openWorkspace(path))).toBe('workspace_corrupt');
      expect(messageOf(() => openWorkspace(path))).toContain('import the exports into a new workspace.');
      expect(readFileSync(path).equals(broken)).toBe(true);
    }
  });

  test('a file named like a workspace that tells nothing: it may be a damaged one, and what to do is said', () => {
    writeFileSync(path, Buffer.alloc(20_000, 0x5a));
    expect(codeOf(() => openWorkspace(path))).toBe('workspace_not_assay');
    expect(messageOf(() => openWorkspace(path))).toMatch(
      /it may be a damaged one, or another program's file\. It was left untouched\. Put a copy .* in its place/u,
    );
  });

  test.each([{ readOnly: false }, { readOnly: true }])(
    'an empty file, as an interrupted copy leaves it (read only: $readOnly)',
    (options) => {
      writeFileSync(path, '');
      expect(codeOf(() => openWorkspace(path, options))).toBe('workspace_not_assay');
      expect(messageOf(() => openWorkspace(path, options))).toMatch(/is empty.*delete the empty file/u);
      expect(statSync(path).size).toBe(0);
      expect(existsSync(`${path}-owner`)).toBe(false);
    },
  );

  test('an empty file that a killed Assay left where it made a workspace is made into one', () => {
    writeFileSync(path, '');
    writeFileSync(`${path}-owner`, '');
    const db = openWorkspace(path);
    expect(db.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION);
    closeWorkspace(db);
  });

  test('the beginning of a workspace is damaged, whatever is asked of it', () => {
    const db = openWorkspace(path);
    db.prepare('INSERT INTO setting VALUES (?, ?)').run('key', 'value '.repeat(30_000));
    closeWorkspace(db);
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, bytes.length - 8192));
    const message = messageOf(() => openWorkspace(path));
    expect(message).toContain(`it ends after ${bytes.length - 8192} of ${bytes.length} bytes`);
    expect(statSync(path).size).toBe(bytes.length - 8192);
  });

  test.each(refusals)('$what', ({ code, make }) => {
    make();
    const before = readFileSync(path);
    expect(codeOf(() => openWorkspace(path))).toBe(code);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(existsSync(`${path}-owner`)).toBe(false);
  });

  test('a workspace whose pages are damaged, once it is checked', () => {
    const db = openWorkspace(path);
    const insert = db.prepare('INSERT INTO setting VALUES (?, ?)');
    for (let key = 0; key < 5000; key++) insert.run(`key ${key}`, 'value '.repeat(10));
    closeWorkspace(db);
    const bytes = readFileSync(path);
    bytes.fill(0x5a, bytes.length - 40_000, bytes.length - 20_000);
    writeFileSync(path, bytes);
    const message = messageOf(() => openWorkspace(path, { check: true }));
    expect(message).toContain(`The workspace file ${path} is damaged (`);
    expect(message).toContain('There is no backup beside it: import the exports into a new workspace.');
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(existsSync(`${path}-owner`)).toBe(false);
  });

  test('a damaged workspace', () => {
    closeWorkspace(openWorkspace(path));
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 100, 4096);
    writeFileSync(path, bytes);
    expect(codeOf(() => openWorkspace(path))).toBe('workspace_corrupt');
  });
});

describe('an older workspace', () => {
  const added = { version: SCHEMA_VERSION + 1, why: 'test', sql: 'CREATE TABLE added (x INTEGER) STRICT;' };
  const backup = (): string => `${path}.before-schema-${SCHEMA_VERSION + 1}.backup`;

  test('is brought up to date, and a whole copy of it is kept', () => {
    const old = openWorkspace(path);
    old.exec("INSERT INTO setting VALUES ('theme', 'dark')");
    closeWorkspace(old);
    const db = openWorkspace(path, { migrations: [...MIGRATIONS, added] });
    expect(db.prepare('SELECT value FROM setting').pluck().get()).toBe('dark');
    expect(db.prepare('SELECT COUNT(*) FROM added').pluck().get()).toBe(0);
    closeWorkspace(db);
    const copy = openWorkspace(backup());
    expect(copy.prepare('SELECT value FROM setting').pluck().get()).toBe('dark');
    closeWorkspace(copy);
  });

  test('stays as it was when a migration fails', () => {
    closeWorkspace(openWorkspace(path));
    const broken = [...MIGRATIONS, added, { version: 3, why: 'test', sql: 'CREATE TABLE broken (' }];
    expect(() => openWorkspace(path, { migrations: broken })).toThrow(/syntax|incomplete/u);
    const db = openWorkspace(path);
    expect(db.prepare("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'added'").pluck().get()).toBe(0);
    closeWorkspace(db);
  });
});

describe('one owner at a time', () => {
  test('a second one is refused and told who has it', () => {
    const owner = openWorkspace(path);
    expect(() => openWorkspace(path)).toThrow(
      expect.objectContaining({
        code: 'workspace_locked',
        message: expect.stringContaining(`process ${process.pid}`),
      }),
    );
    closeWorkspace(owner);
    closeWorkspace(openWorkspace(path));
  });

  test('others may read meanwhile, and see what the owner wrote', () => {
    const owner = openWorkspace(path);
    owner.exec("INSERT INTO setting VALUES ('theme', 'dark')");
    const reader = openWorkspace(path, { readOnly: true });
    expect(reader.prepare('SELECT value FROM setting').pluck().get()).toBe('dark');
    expect(codeOf(() => reader.exec("INSERT INTO setting VALUES ('a', 'b')"))).toBe('SQLITE_READONLY');
    closeWorkspace(reader);
    closeWorkspace(owner);
  });

  test('a lock left by a dead owner does not keep anyone out', () => {
    const left = new Database(`${path}-owner`);
    left.exec(
      "CREATE TABLE owner (pid INTEGER, host TEXT, since TEXT); INSERT INTO owner VALUES (1, 'gone', 'then')",
    );
    left.close();
    closeWorkspace(openWorkspace(path));
  });
});

describe('where nothing can be written', () => {
  const asRoot = process.getuid?.() === 0;

  test.skipIf(asRoot)('the workspace opens for reading', () => {
    closeWorkspace(openWorkspace(path));
    chmodSync(path, 0o444);
    const db = openWorkspace(path);
    expect(db.readonly).toBe(true);
    closeWorkspace(db);
  });

  test.skipIf(asRoot)('one that was not closed is shown as a copy, and the user is told', () => {
    const db = openWorkspace(path);
    db.exec("INSERT INTO setting VALUES ('theme', 'dark')");
    // Closed by hand, as when the process is killed: the file stays in WAL mode.
    db.close();
    const wal = new Database(path);
    wal.pragma('journal_mode = WAL');
    wal.close();
    // As on a medium that is read only throughout: neither the file nor its folder takes anything.
    chmodSync(path, 0o444);
    chmodSync(folder, 0o555);
    const shown = openWorkspace(path);
    expect(shown.prepare('SELECT value FROM setting').pluck().get()).toBe('dark');
    expect(recoveryNotes(shown)).toEqual([expect.stringContaining('temporary copy')]);
    closeWorkspace(shown);
    chmodSync(folder, 0o755);
  });

  test('a workspace in a folder that is not there says so, not that the folder cannot be written to', () => {
    const nowhere = join(folder, 'missing', 'bill.assay');
    expect(() => openWorkspace(nowhere)).toThrow(
      `${nowhere} cannot be created: the folder ${join(folder, 'missing')} is not there. Make it, or name another place.`,
    );
    expect(codeOf(() => openWorkspace(nowhere))).toBe('file_not_found');
  });

  test('a workspace that is not there cannot be opened for reading', () => {
    expect(codeOf(() => openWorkspace(path, { readOnly: true }))).toBe('workspace_read_only');
  });
});

test('what a dead process left half imported is swept, and the user is told once', () => {
  const db = openWorkspace(path);
  db.exec(`
    INSERT INTO import_batch (id, state, started_at) VALUES (7, 'staging', '2026-11-21T10:00:00Z');
    INSERT INTO delivery (id, batch_id, payer, kind, report, period, billing_entity, estimated)
      VALUES (1, 7, '1', 'cur-2.0', 'r', '2026-10', 'AWS', 1);
    INSERT INTO line_series (id, key, line_class, is_usage, counts_quantity) VALUES (1, 'k', 'bedrock', 1, 1);
    INSERT INTO line_item (batch_id, delivery_id, file_id, record_number, series_id, day, start_second, end_second, unblended)
      VALUES (7, 1, 1, 1, 1, 1, 1, 1, 1);`);
  closeWorkspace(db);
  const swept = openWorkspace(path);
  expect(recoveryNotes(swept)).toEqual([expect.stringContaining('started at 2026-11-21 10:00 UTC')]);
  for (const table of ['import_batch', 'delivery', 'line_item', 'line_series']) {
    expect(swept.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get()).toBe(0);
  }
  closeWorkspace(swept);
  const again = openWorkspace(path);
  expect(recoveryNotes(again)).toEqual([]);
  closeWorkspace(again);
});

test('a workspace says what it is', () => {
  const db = openWorkspace(path);
  expect(db.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
  expect(db.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION);
  closeWorkspace(db);
});

test('what older workspaces kept of another kind of bill among what the export lacks is told apart', () => {
  const old = openWorkspace(path, { migrations: MIGRATIONS.slice(0, 10) });
  const lacks = { capability: 'resources', consequence: 'no resource ids' };
  const looks = 'Sold by Cloudhaus GmbH, not by AWS: this looks like the bill of a reseller.';
  old.exec(`INSERT INTO import_batch (id, state, started_at, series_before) VALUES (1, 'active', '', 0)`);
  old
    .prepare(
      `INSERT INTO delivery (batch_id, payer, kind, report, period, billing_entity, active, estimated, capabilities)
       VALUES (1, '1', 'cur-2.0', 'r', '2026-08', 'AWS', 1, 0, ?)`,
    )
    .run(JSON.stringify([lacks, { capability: 'an invoice of its own', consequence: looks }]));
  closeWorkspace(old);
  const db = openWorkspace(path);
  const [row] = db.prepare('SELECT capabilities, recognised FROM delivery').all() as Record<string, string>[];
  closeWorkspace(db);
  expect(JSON.parse(row?.capabilities ?? '')).toEqual([lacks]);
  expect(JSON.parse(row?.recognised ?? '')).toEqual([{ kind: 'reseller', says: looks }]);
});
