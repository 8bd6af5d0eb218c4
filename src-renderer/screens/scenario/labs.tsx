// The labs: one panel for each lever that can be looked at closely, on the usage as the levers before it leave it.
import { memo, useMemo } from 'react';
import type { Lever, Scenario } from '../../../shared/domain/whatif/scenario.ts';
import type { ScenarioBaseline } from '../../../shared/domain/whatif/vectors.ts';
import { AgentsLabPanel } from './agents-lab.tsx';
import { BatchLabPanel } from './batch-lab.tsx';
import { CacheLabPanel } from './cache-lab.tsx';
import { CapacityLabPanel } from './capacity-lab.tsx';
import { CustomModelLabPanel } from './custom-model-lab.tsx';
import type { Edit } from './draft.ts';
import { KnowledgeBaseLabPanel } from './knowledge-base-lab.tsx';
import { ResidencyLabPanel } from './residency-lab.tsx';
import { RoutingLabPanel } from './routing-lab.tsx';

export type LabProps<L extends Lever> = {
  readonly scenario: Scenario;
  readonly baseline: ScenarioBaseline;
  readonly lever: L;
  readonly currency: string;
  readonly onEdit: (edit: Edit, touched: string | null) => void;
};

type Props = Omit<LabProps<Lever>, 'lever'>;

/** Drawn anew when the scenario has come to rest: labs are looked at closely, and cost more than a movement may. */
export const Labs = memo(function Labs(props: Props) {
  const { levers } = props.scenario;
  const shown = useMemo(() => levers.filter((lever) => lever.enabled), [levers]);
  return shown.map((lever) => <Lab key={lever.id} {...props} lever={lever} />);
});

function Lab({ lever, ...props }: LabProps<Lever>) {
  switch (lever.kind) {
    case 'provisioned':
      return <CapacityLabPanel {...props} lever={lever} />;
    case 'caching':
      return <CacheLabPanel {...props} lever={lever} />;
    case 'routing':
      return <RoutingLabPanel {...props} lever={lever} />;
    case 'residency':
      return <ResidencyLabPanel {...props} lever={lever} />;
    case 'batch':
      return <BatchLabPanel {...props} lever={lever} />;
    case 'agents':
      return <AgentsLabPanel {...props} lever={lever} />;
    case 'custom_model':
      return <CustomModelLabPanel {...props} lever={lever} />;
    case 'knowledge_base':
      return <KnowledgeBaseLabPanel {...props} lever={lever} />;
    default:
      return null;
  }
}
