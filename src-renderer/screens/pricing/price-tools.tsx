// Two tools beside the catalog, each in a drawer of its own: models side by side, and the cost of so many tokens.
import { Button, Drawer } from '@mantine/core';
import { IconCalculator, IconColumns3 } from '@tabler/icons-react';
import { useScreenKeys } from '../../app/navigation.ts';
import { CompareModels } from './compare-models.tsx';
import { TokenCalculator } from './token-calculator.tsx';

const TOOLS = ['compare', 'cost'] as const;

export function PriceTools() {
  const [own, change] = useScreenKeys();
  const tool = TOOLS.find((one) => one === own.tool) ?? null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconColumns3 size={14} />}
        onClick={() => change({ tool: 'compare', price: null, ask: null })}
      >
        Compare models
      </Button>
      <Button
        variant="default"
        leftSection={<IconCalculator size={14} />}
        onClick={() => change({ tool: 'cost', price: null, ask: null })}
      >
        Cost of tokens
      </Button>
      <Drawer
        opened={tool !== null}
        onClose={() => change({ tool: null })}
        position="right"
        size={860}
        title={tool === 'compare' ? 'Compare models' : 'Cost of tokens'}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {tool === 'compare' && <CompareModels />}
        {tool === 'cost' && <TokenCalculator />}
      </Drawer>
    </>
  );
}
