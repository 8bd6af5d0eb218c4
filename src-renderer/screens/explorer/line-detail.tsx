// One line item opened: what it is and why, its price with formula and source, the difference, the record as in the file.
import { Badge, CopyButton, Drawer, Table, TextInput, UnstyledButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import { rateText, scopeText } from '../../../shared/format/contract.ts';
import type { Format } from '../../../shared/format/format.ts';
import { dimensionName, reasonName, valueName } from '../../../shared/format/names.ts';
import { unitAfter } from '../../../shared/format/per.ts';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { ErrorState, Note, Skeleton } from '../../ui/states.tsx';
import { Unknown } from '../../ui/values.tsx';
import classes from './explorer.module.css';

type Detail = Output<'spend.lineItem'>;

export function LineDetail({ id, onClose }: { readonly id: number | null; readonly onClose: () => void }) {
  const { data, error, refetch } = useEngine(
    'spend.lineItem',
    { id: id ?? 0 },
    { enabled: id !== null, keepPrevious: false },
  );
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      position="right"
      size={620}
      title="Line item"
      closeButtonProps={{ 'aria-label': 'Close the line item' }}
    >
      {error !== null && (
        <ErrorState
          title="The line item could not be read"
          message={error.message}
          onRetry={() => void refetch()}
        />
      )}
      {data === undefined && error === null && <Skeleton height={28} rows={10} />}
      {data !== undefined && (
        <div className={classes.detail}>
          <Summary detail={data} />
          <Classified detail={data} />
          <Priced detail={data} />
          <RawRecord detail={data} />
        </div>
      )}
    </Drawer>
  );
}

type Part = { readonly detail: Detail };

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

type Fact = { readonly label: string; readonly value: ReactNode };

function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Summary({ detail: { line, stated: prices } }: Part) {
  const { listUnitPrice, contractedUnitPrice, priceId } = prices;
  const format = useFormat();
  const amount = (value: number | null, why: string): ReactNode =>
    value === null ? <Unknown why={why} /> : `${format.decimal(value, 12)} ${line.currency}`;
  const stated = (value: string | null, what: string): ReactNode =>
    value ?? <Unknown why={`The line states no ${what}.`} />;
  const quantity = line.quantity === null ? null : `${format.decimal(line.quantity, 12)} ${line.unit ?? ''}`;
  const { normalizedQuantity, normalizedUnit } = line;
  const normalized =
    normalizedQuantity === null
      ? null
      : `${format.quantity(normalizedQuantity)} ${normalizedUnit === null ? '' : unitAfter(normalizedQuantity, normalizedUnit)}`;
  return (
    <Section title="What was billed">
      <Facts
        facts={[
          { label: 'Unblended', value: amount(line.unblended, '') },
          { label: 'Net unblended', value: amount(line.netUnblended, 'The export states no net cost.') },
          { label: 'Amortized', value: amount(line.amortized, 'The export states no amortized cost.') },
          { label: 'List, as billed', value: amount(line.list, 'The export states no list price.') },
          {
            label: 'Contracted, as billed',
            value: amount(line.contractedStated, 'The export states no contracted cost; only FOCUS does.'),
          },
          ...(listUnitPrice === null ? [] : [{ label: 'List unit price', value: listUnitPrice }]),
          ...(contractedUnitPrice === null
            ? []
            : [{ label: 'Contracted unit price', value: contractedUnitPrice }]),
          ...(priceId === null ? [] : [{ label: 'Price id of the SKU', value: <code>{priceId}</code> }]),
          { label: 'Quantity', value: stated(quantity, 'quantity') },
          { label: 'Normalised', value: stated(normalized, 'unit that is known') },
          { label: 'Usage', value: `${format.dateTime(line.start)} to ${format.dateTime(line.end)}` },
          { label: 'Service', value: stated(line.service, 'service') },
          { label: 'Usage type', value: stated(line.usageType, 'usage type') },
          { label: 'Operation', value: stated(line.operation, 'operation') },
          { label: 'Account', value: stated(line.account, 'account') },
          { label: 'Charge type', value: stated(line.chargeType, 'charge type') },
          { label: 'Billing entity', value: stated(line.billingEntity, 'billing entity') },
          { label: 'Resource', value: stated(line.resource, 'resource') },
        ]}
      />
    </Section>
  );
}

const CLASSES = [
  'family',
  'provider',
  'model',
  'meter',
  'variant',
  'mode',
  'term',
  'regionTier',
  'contextBand',
] as const;

function Classified({ detail: { line, rule } }: Part) {
  return (
    <Section title="What it is">
      {rule === null ? (
        <Note>No rule applies: the line is not Bedrock usage.</Note>
      ) : (
        <p className={classes.reason}>
          {sentence(rule.reason)} <code>{rule.id}</code>
        </p>
      )}
      <Facts
        facts={CLASSES.map((name) => ({ label: dimensionName(name), value: classValue(name, line[name]) }))}
      />
    </Section>
  );
}

/** Rules give their reason as a phrase. */
function sentence(reason: string): string {
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1).replace(/\.$/u, '')}.`;
}

function classValue(name: string, value: string | null): ReactNode {
  if (value === null) return <Unknown why="Does not apply, or the line does not say." />;
  return valueName(name, value);
}

function Priced({ detail: { price, contract, variance, line } }: Part) {
  const format = useFormat();
  return (
    <Section title="Catalog price">
      {price === null && (
        <p className={classes.reason}>Only usage of Bedrock has a catalog price, and this line is none.</p>
      )}
      {price?.status === 'missing' && (
        <Note tone="caution">
          {reasonName(price.missingReason ?? 'unpriced')} It stays unpriced and is counted as such.
        </Note>
      )}
      {price?.status === 'priced' && (
        <>
          <p className={classes.formula}>{price.formula}</p>
          {price.rangeReason !== null && <Note>{reasonName(price.rangeReason)}</Note>}
          <Table className={classes.prices} verticalSpacing={2} horizontalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th ta="right">Price</Table.Th>
                <Table.Th>Source</Table.Th>
                <Table.Th>Seen</Table.Th>
                <Table.Th>Confidence</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {price.prices.map(({ id, usd, per, source, seen, confidence }) => (
                <Table.Tr key={id}>
                  <Table.Td ta="right">
                    {format.unitPrice(usd, 'USD')} / {format.count(per)}
                  </Table.Td>
                  <Table.Td>{source}</Table.Td>
                  <Table.Td>
                    {seen === null ? <Unknown why="The source has no date." /> : format.day(seen)}
                  </Table.Td>
                  <Table.Td>
                    <Badge variant="default" size="sm" tt="none">
                      {confidence}
                    </Badge>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </>
      )}
      {contract !== null && (
        <Facts
          facts={[
            { label: 'Under contract', value: contractText(line, contract, format) },
            ...contract.rates.map(({ number, row }) => ({
              label: `Rate ${number}`,
              value: `${rateText(row)} for ${scopeText(row)}${row.note === '' ? '' : ` (${row.note})`}`,
            })),
          ]}
        />
      )}
      {variance !== null && (
        <Facts
          facts={[
            { label: 'Invoiced less catalog', value: varianceText(variance, line.currency, format) },
            { label: 'Because', value: reasonName(variance.reason) },
          ]}
        />
      )}
    </Section>
  );
}

type Contract = NonNullable<Detail['contract']>;

function contractText(
  { contractedLow: low, contractedHigh: high }: Detail['line'],
  contract: Contract,
  format: Format,
) {
  if (low === null || high === null) return reasonName(contract.unknownReason ?? 'unit_unknown');
  return low === high
    ? format.money(low, 'USD')
    : `${format.money(low, 'USD')} to ${format.money(high, 'USD')}`;
}

type Variance = NonNullable<Detail['variance']>;

function varianceText({ amountLow, amountHigh, reason }: Variance, currency: string, format: Format): string {
  if (reason === 'none') return 'nothing';
  const low = format.moneyChange(amountLow, currency);
  return amountLow === amountHigh ? low : `${low} to ${format.moneyChange(amountHigh, currency)}`;
}

function RawRecord({ detail: { record, line } }: Part) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const shown = record.filter(
    ({ column, value }) =>
      wanted === '' || column.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted),
  );
  const place = `${line.file}, record ${line.recordNumber}`;
  if (record.length === 0) {
    return (
      <Section title="Record as in the file">
        <p className={classes.reason}>
          {place}.{' '}
          {line.family === null
            ? 'Records of other services are not kept: look it up in the file.'
            : 'A rule has made it Bedrock’s since it was imported, when its record was not kept: import the file again to have it here.'}
        </p>
      </Section>
    );
  }
  return (
    <Section title="Record as in the file">
      <p className={classes.reason}>{place}</p>
      <div className={classes.recordTools}>
        <TextInput
          aria-label="Search columns and values"
          placeholder={`Search ${record.length} columns`}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        />
        <CopyButton value={record.map(({ column, value }) => `${column}\t${value}`).join('\n')}>
          {({ copied, copy }) => (
            <UnstyledButton className={classes.link} onClick={copy}>
              {copied ? 'Copied' : 'Copy the record'}
            </UnstyledButton>
          )}
        </CopyButton>
      </div>
      <dl className={classes.record}>
        {shown.map(({ column, value }) => (
          <div key={column}>
            <dt>{column}</dt>
            <dd>{value === '' ? <span className={classes.blank}>blank</span> : value}</dd>
          </div>
        ))}
        {shown.length === 0 && <p className={classes.reason}>No column matches.</p>}
      </dl>
    </Section>
  );
}
