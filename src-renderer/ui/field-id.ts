// Stands in the build for the component library's hook of the same name: the id of a field, which stays as it is.
import { useId as useReactId } from 'react';

/** The id a caller gave, else one that is unique in the page and fit for a selector. */
export function useId(given?: string): string {
  const own = useReactId();
  return given ?? `field-${own.replaceAll(':', '')}`;
}
