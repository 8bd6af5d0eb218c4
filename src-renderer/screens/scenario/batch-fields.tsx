// The parameters of batch migration.
import { Checkbox } from '@mantine/core';
import { memo } from 'react';
import type { BatchLever } from '../../../shared/domain/whatif/scenario.ts';
import type { LeverPatch } from './draft.ts';
import { RangeField, SHARE, SHARE_SCALE } from './range-field.tsx';

type Props = { readonly lever: BatchLever; readonly onChange: (part: LeverPatch) => void };

export function BatchFields({ lever, onChange }: Props) {
  return (
    <>
      <RangeField
        label="Eligible share of requests"
        description="Requests that can wait up to 24 hours. Cached input moves too and is charged as batch input."
        range={lever.eligibleShare}
        writing={SHARE}
        scale={SHARE_SCALE}
        onChange={(eligibleShare) => onChange({ eligibleShare })}
      />
      <Streaming leftOut={lever.excludeStreaming} onChange={onChange} />
    </>
  );
}

type StreamingProps = Pick<Props, 'onChange'> & { readonly leftOut: boolean };

/** Stands while the share beside it moves. */
const Streaming = memo(function Streaming({ leftOut, onChange }: StreamingProps) {
  return (
    <Checkbox
      size="xs"
      label="Leave out streaming requests"
      description="Where the bill’s operation says that someone waits for the answer"
      checked={leftOut}
      onChange={({ currentTarget }) => onChange({ excludeStreaming: currentTarget.checked })}
    />
  );
});
