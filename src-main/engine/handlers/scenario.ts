// What-ifs: what they start from, what they answer, and the ones people keep.
import { basename } from 'node:path';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Method } from '../../../shared/contract/methods.ts';
import { baselineAhead } from '../../../shared/domain/whatif/baseline-ahead.ts';
import { caseTable } from '../../../shared/domain/whatif/case-table.ts';
import { compareScenarios } from '../../../shared/domain/whatif/compare.ts';
import { modelCosts } from '../../../shared/domain/whatif/model-costs.ts';
import { needsOf } from '../../../shared/domain/whatif/needs.ts';
import { evaluateLive, evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { sensitivitiesOf } from '../../../shared/domain/whatif/sensitivity.ts';
import { sharesOf } from '../../../shared/domain/whatif/shares.ts';
import type { ScenarioBaseline } from '../../../shared/domain/whatif/vectors.ts';
import { yearTable } from '../../../shared/domain/whatif/year-table.ts';
import { importsHeld } from '../db/batches.ts';
import { exportScenario } from '../export/scenario.ts';
import { scenarioReport } from '../export/scenario-report.ts';
import type { Context, Handlers } from '../handlers.ts';
import { readBaseline } from '../scenario/baseline.ts';
import { simulateInTurns } from '../scenario/chance.ts';
import { dropScenario, keepScenario, keptScenarios } from '../scenario/keep.ts';
import { pinScenario, realisedScenario, unpinScenario } from '../scenario/realised.ts';
import { readTemplate } from '../scenario/template.ts';

type Methods = Extract<Method, `scenario.${string}`> | 'export.scenario';

export function scenarioHandlers({ db, path, now, pricing }: Context): Pick<Handlers, Methods> {
  const baselineFor = (scenario: Scenario) =>
    readBaseline(db, { ...scenario.baseline, ...needsOf(scenario) }, pricing.catalog());
  const run = (scenario: Scenario) => evaluateScenario(scenario, baselineFor(scenario));
  const answeredOn = (scenario: Scenario, baseline: ScenarioBaseline) => ({
    scenario,
    answer: evaluateScenario(scenario, baseline),
    models: modelCosts(scenario, baseline),
  });
  /** The baseline of a scenario that comes to a saving: shares and chances are of that, and nothing has none. */
  const knownBaseline = (scenario: Scenario) => {
    const baseline = baselineFor(scenario);
    const { savingReason } = evaluateLive(scenario, baseline).headlines;
    if (savingReason === null) return baseline;
    throw new AssayError('invalid_input', `There is no saving to look into. ${savingReason}`, {
      field: 'scenario.levers',
    });
  };
  const answered = (scenario: Scenario) => answeredOn(scenario, baselineFor(scenario));
  const reportOf = (found: ReturnType<typeof answeredOn>, baseline: ScenarioBaseline) => {
    const { count, last } = importsHeld(db);
    const isKnown = found.answer.headlines.savingReason === null;
    return scenarioReport(
      { ...found, sensitivity: isKnown ? sensitivitiesOf(found.scenario, baseline) : null },
      { workspace: basename(path), imports: count, lastImport: last, writtenAt: now() },
    );
  };
  const reported = (scenario: Scenario) => {
    const baseline = baselineFor(scenario);
    const found = answeredOn(scenario, baseline);
    return {
      ...found,
      report: () => reportOf(found, baseline),
      cases: caseTable(scenario, baseline),
      ahead: baselineAhead(scenario, baseline),
      year: yearTable(scenario, baseline),
    };
  };
  return {
    'scenario.baseline': ({ baseline, ...needs }) =>
      readBaseline(db, { ...baseline, ...needs }, pricing.catalog()),
    'scenario.run': ({ scenario }) => run(scenario),
    'scenario.shares': ({ scenario, seed }) => sharesOf(scenario, knownBaseline(scenario), seed),
    'scenario.report': ({ scenario }) => {
      const baseline = baselineFor(scenario);
      return reportOf(answeredOn(scenario, baseline), baseline);
    },
    'scenario.sensitivity': ({ scenario }) => sensitivitiesOf(scenario, knownBaseline(scenario)),
    'scenario.simulate': ({ scenario, ...how }) => simulateInTurns(scenario, knownBaseline(scenario), how),
    'scenario.compare': ({ scenarios }) => compareScenarios(scenarios.map(answered)),
    'scenario.template': (input) => readTemplate(db, pricing.catalog(), input),
    'scenario.list': () => ({ scenarios: keptScenarios(db) }),
    'scenario.save': ({ id, scenario }) => keepScenario(db, id, scenario, now()),
    'scenario.pin': ({ id, startsOn }) => pinScenario(db, pricing.catalog(), id, startsOn, now()),
    'scenario.unpin': ({ id }) => unpinScenario(db, pricing.catalog(), id, now()),
    'scenario.realised': ({ id }) => realisedScenario(db, pricing.catalog(), id, now()),
    'scenario.delete': ({ id }) => {
      dropScenario(db, id);
      return {};
    },
    'export.scenario': ({ scenario, target, format }) => exportScenario(reported(scenario), target, format),
  };
}
