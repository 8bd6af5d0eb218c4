// The workspace as a whole, and the health of the engine.
import { basename } from 'node:path';
import { createFormat } from '../../../shared/format/format.ts';
import { activeDeliveries } from '../db/deliveries.ts';
import { SCHEMA_VERSION } from '../db/schema.ts';
import { fileHealth, holdings } from '../db/workspace.ts';
import type { Context, Handlers } from '../handlers.ts';
import { billsHeld } from '../spend/bills.ts';
import { calendarOf, keepCalendar } from '../spend/calendar.ts';
import { holdingsInFigures } from '../spend/holdings.ts';

type Methods = 'workspace.info' | 'workspace.calendar' | 'workspace.setCalendar' | 'engine.health';

export function workspaceHandlers(context: Context): Pick<Handlers, Methods> {
  return {
    'workspace.calendar': () => calendarOf(context.db),
    'workspace.setCalendar': (calendar) => {
      const kept = keepCalendar(context.db, calendar);
      context.emit({ type: 'data.changed' });
      return kept;
    },
    'workspace.info': () => infoOf(context),
    'engine.health': () => healthOf(context),
  };
}

function infoOf({ db, path, pricing, recovery }: Context): ReturnType<Handlers['workspace.info']> {
  const figures = holdingsInFigures(db);
  const repricing = pricing.repricing();
  return {
    path,
    name: basename(path, '.assay'),
    readOnly: db.readonly,
    schemaVersion: SCHEMA_VERSION,
    ...holdings(db),
    ...figures,
    bills: billsHeld(activeDeliveries(db)),
    unpricedShare: repricing === null ? figures.unpricedShare : null,
    catalogVersion: pricing.catalog().version,
    repricing,
    recovery: [...recovery],
  };
}

function healthOf({ db, path, pricing }: Context): ReturnType<Handlers['engine.health']> {
  const { sqlite, integrity, problem, bytes } = fileHealth(db);
  return {
    engine: process.versions.electron === undefined ? 'node' : 'electron',
    node: process.versions.node,
    napi: process.versions.napi ?? 'unknown',
    sqlite,
    workspace: path,
    integrity,
    details: [
      { label: 'Platform', value: `${process.platform} ${process.arch}` },
      { label: 'Schema', value: String(SCHEMA_VERSION) },
      { label: 'Workspace size', value: createFormat().bytes(bytes) },
      { label: 'Writable', value: db.readonly ? 'no' : 'yes' },
      { label: 'Catalog version', value: pricing.catalog().version },
      ...(problem === null ? [] : [{ label: 'Damage', value: problem }]),
    ],
  };
}
