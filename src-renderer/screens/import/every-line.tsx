// Whether further imports hold each line of other services, too, with what that costs.
import { Switch } from '@mantine/core';
import { useImportActivity } from '../../app/import-activity.tsx';
import classes from './import.module.css';

/** `held`: whether the workspace holds every line now, which goes on unless somebody says otherwise. */
export function EveryLine({ held }: { readonly held: boolean }) {
  const { everyLine, holdEveryLine } = useImportActivity();
  const every = everyLine ?? held;
  return (
    <Switch
      size="xs"
      className={classes.everyLine}
      label="Hold every line of every service"
      description={
        every
          ? 'Further imports hold each line of other services with its hour, resource and tags. About 10 % of the CSV’s size, and twice the time.'
          : 'Off: lines of other services are summed by day, without resource and tags. About 3 % of the CSV’s size.'
      }
      checked={every}
      onChange={({ currentTarget }) => holdEveryLine(currentTarget.checked)}
    />
  );
}
