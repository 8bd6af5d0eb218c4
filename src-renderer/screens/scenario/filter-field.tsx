// Conditions of a baseline or a lever: chips that can be taken off, and a button that adds one.
import { Button, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { memo } from 'react';
import type { Filter } from '../../../shared/domain/spend/vocabulary.ts';
import { filterText } from '../../../shared/format/conditions.ts';
import { useHeldValues } from '../../app/held-values.ts';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { FilterAdder } from '../../ui/filter-editor.tsx';
import type { PickOption } from '../../ui/pick-list.tsx';

type Props = {
  readonly label: string;
  readonly empty: string;
  readonly filters: readonly Filter[];
  readonly dimensions: readonly PickOption[];
  readonly onChange: (filters: readonly Filter[]) => void;
};

export const FilterField = memo(function FilterField(props: Props) {
  const { label, empty, filters, dimensions, onChange } = props;
  return (
    <div>
      <Text size="xs" fw={500} mt="sm" mb={2}>
        {label}
      </Text>
      <FilterChips
        chips={filters.map((filter, index) => ({ id: String(index), text: filterText(filter) }))}
        onRemove={(id) => onChange(filters.toSpliced(Number(id), 1))}
        onClear={() => onChange([])}
      >
        {filters.length === 0 && (
          <Text size="xs" c="dimmed">
            {empty}
          </Text>
        )}
        <FilterAdder
          dimensions={dimensions}
          useValues={useHeldValues}
          onAdd={(filter) => onChange([...filters, filter])}
        >
          {(toggle, opened) => (
            <Button
              variant="subtle"
              size="compact-xs"
              leftSection={<IconPlus size={12} />}
              onClick={toggle}
              aria-expanded={opened}
            >
              Filter
            </Button>
          )}
        </FilterAdder>
      </FilterChips>
    </div>
  );
});
