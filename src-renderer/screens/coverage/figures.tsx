// The figures above the coverage: how many published usage types get a price, how full the grid is, what the bill lacks.
import { formatLocation, INITIAL_CONTEXT } from '../../app/location.ts';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Percent } from '../../ui/values.tsx';
import classes from './coverage.module.css';
import type { Coverage } from './coverage-state.ts';

export function CoverageFigures({ coverage }: { readonly coverage: Coverage }) {
  const format = useFormat();
  const { usage, groups, holes, billed } = coverage;
  const cells = groups.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
  const priced = cells.filter((cell) => cell?.kind === 'priced').length;
  const holeCount = holes.reduce((sum, { count }) => sum + count, 0);
  const models = new Set(groups.flatMap(({ rows }) => rows.flatMap(({ model }) => model ?? [])));
  return (
    <section className={classes.strip} aria-label="Figures">
      <Figure
        label="Published usage types with a price"
        size="lead"
        value={<Percent value={usage.share} />}
        detail={`${format.count(usage.priced)} of ${format.count(usage.strings)} distinct strings`}
        explanation={{
          title: 'Published usage types with a price',
          formula: 'strings with a price in at least one reading ÷ distinct strings',
          facts: [
            { label: 'Catalog', value: coverage.catalogVersion },
            { label: 'Day of use', value: format.day(coverage.date) },
            ...usage.holes.map(({ title, count }) => ({ label: title, value: format.count(count) })),
          ],
          notes: [
            'The strings are those that bills, AWS price lists and AWS documentation show in public. Each is read as an import would read it.',
          ],
          link: null,
        }}
      />
      <Figure
        label="Cells with a price"
        value={format.count(priced)}
        detail={`${format.count(models.size)} models`}
      />
      <Figure
        label="Holes"
        value={format.count(holeCount)}
        detail={coverage.region === null ? 'every region' : coverage.region}
      />
      <Figure
        label="Lines of the bill without a price"
        value={billed.lines === 0 ? '—' : format.count(billed.unpricedLines)}
        detail={
          billed.lines === 0 ? (
            'no metered line is held'
          ) : (
            <a
              href={formatLocation({
                screen: 'explorer',
                context: { ...INITIAL_CONTEXT, period: 'all' },
                own: { group: 'usageType|model', show: 'unblended|unpricedShare' },
              })}
            >
              of {format.count(billed.lines)} metered lines
            </a>
          )
        }
      />
    </section>
  );
}
