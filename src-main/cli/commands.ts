// The commands of the CLI, in the order of the help.
import type { Command } from './command.ts';
import { billClearCommand, billSetCommand, billUndoCommand } from './commands/bill.ts';
import { calendarCommand } from './commands/calendar.ts';
import { calibrateCommand } from './commands/calibrate.ts';
import { CATALOG_COMMANDS } from './commands/catalog.ts';
import { closeCommand } from './commands/close.ts';
import { costCommand } from './commands/cost.ts';
import { coverageCommand } from './commands/coverage.ts';
import { crossCheckCommand } from './commands/crosscheck.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { heldCommand } from './commands/held.ts';
import { forgetCommand, restatedCommand, undoCommand } from './commands/history.ts';
import { importCommand } from './commands/import.ts';
import { leversCommand } from './commands/levers.ts';
import { metricsImportCommand, metricsListCommand, metricsRemoveCommand } from './commands/metrics.ts';
import { OVERRIDE_COMMANDS } from './commands/overrides.ts';
import { priceCommand } from './commands/price.ts';
import { queryCommand } from './commands/query.ts';
import { rejectedCommand } from './commands/rejected.ts';
import { REVIEW_COMMANDS } from './commands/review.ts';
import { sampleCommand } from './commands/sample.ts';
import { scenarioCommand } from './commands/scenario.ts';
import { sensitivityCommand, sharesCommand, simulateCommand } from './commands/scenario-chance.ts';
import { compareCommand, listCommand } from './commands/scenario-compare.ts';
import { pinCommand, realisedCommand, unpinCommand } from './commands/scenario-realised.ts';
import { reportCommand } from './commands/scenario-report.ts';
import { templateCommand } from './commands/scenario-template.ts';
import { scopeCommand } from './commands/scope.ts';
import { serveCommand } from './commands/serve.ts';
import { summaryCommand, unknownCommand } from './commands/summary.ts';
import { tieOutClearCommand, tieOutCommand, tieOutSetCommand } from './commands/tieout.ts';
import { varianceCommand } from './commands/variance.ts';

export const COMMANDS: readonly Command[] = [
  importCommand,
  undoCommand,
  queryCommand,
  summaryCommand,
  calendarCommand,
  unknownCommand,
  rejectedCommand,
  heldCommand,
  restatedCommand,
  forgetCommand,
  tieOutCommand,
  tieOutSetCommand,
  tieOutClearCommand,
  billSetCommand,
  billClearCommand,
  billUndoCommand,
  crossCheckCommand,
  closeCommand,
  priceCommand,
  ...CATALOG_COMMANDS,
  ...OVERRIDE_COMMANDS,
  costCommand,
  coverageCommand,
  varianceCommand,
  calibrateCommand,
  scopeCommand,
  leversCommand,
  scenarioCommand,
  listCommand,
  compareCommand,
  templateCommand,
  reportCommand,
  sharesCommand,
  sensitivityCommand,
  simulateCommand,
  pinCommand,
  realisedCommand,
  unpinCommand,
  sampleCommand,
  ...REVIEW_COMMANDS,
  metricsImportCommand,
  metricsListCommand,
  metricsRemoveCommand,
  demoCommand,
  serveCommand,
  doctorCommand,
];
