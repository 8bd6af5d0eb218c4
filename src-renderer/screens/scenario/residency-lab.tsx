// What the same usage costs in every region tier, by model: the price of residency.
import { Table } from '@mantine/core';
import { useMemo } from 'react';
import { REGION_TIERS } from '../../../shared/domain/usage/vocabulary.ts';
import { againstToday, residencyLab } from '../../../shared/domain/whatif/labs.ts';
import type { ResidencyLever } from '../../../shared/domain/whatif/scenario.ts';
import { valueName } from '../../../shared/format/names.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { Money, Tokens, Unknown } from '../../ui/values.tsx';
import type { LabProps } from './labs.tsx';
import classes from './scenario.module.css';
import { LEVER_TITLES } from './words.ts';

const NO_PRICE = 'Part of this usage has no price in this tier.';

export function ResidencyLabPanel({ scenario, baseline, lever, currency }: LabProps<ResidencyLever>) {
  const format = useFormat();
  const { rows } = useMemo(() => residencyLab(scenario, baseline, lever), [scenario, baseline, lever]);
  return (
    <Panel
      className={classes.wide}
      title={`Residency lab: ${lever.label ?? LEVER_TITLES.residency}`}
      note="All usage in scope at the prices of each tier; no price is derived from another tier."
    >
      <Table className={classes.table} verticalSpacing={2} horizontalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Model</Table.Th>
            <Table.Th ta="right">As it is, {currency}</Table.Th>
            {REGION_TIERS.map((tier) => (
              <Table.Th key={tier} ta="right">
                {valueName('regionTier', tier)}, {currency}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ model, tokens, today, tiers }) => (
            <Table.Tr key={model}>
              <Table.Td>
                {model}
                <span className={classes.spread}>
                  <Tokens value={tokens} /> tokens
                </span>
              </Table.Td>
              <Table.Td ta="right">
                <Money value={today} currency={currency} why={NO_PRICE} />
              </Table.Td>
              {REGION_TIERS.map((tier) => (
                <Table.Td key={tier} ta="right">
                  <Money value={tiers[tier]} currency={currency} why={NO_PRICE} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th>Against today, where both have a price</Table.Th>
            <Table.Td />
            {REGION_TIERS.map((tier) => {
              const { difference, without } = againstToday(rows, tier);
              return (
                <Table.Td key={tier} ta="right">
                  {difference === null ? (
                    <Unknown why="No model has a price in this tier." />
                  ) : (
                    format.moneyChange(difference, currency)
                  )}
                  {without > 0 && (
                    <span className={classes.spread}>
                      without {without === 1 ? '1 model' : `${without} models`}
                    </span>
                  )}
                </Table.Td>
              );
            })}
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </Panel>
  );
}
