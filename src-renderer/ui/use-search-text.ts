// The text of a search field: shown at once, searched when typing pauses, and taken over when it changes from outside.
import { useDebouncedCallback } from '@mantine/hooks';
import { useLayoutEffect, useRef, useState } from 'react';

const PAUSE_MILLISECONDS = 150;

/** `held` is what stands in the address; back, forward and links change it too. */
export function useSearchText(
  held: string,
  onSearch: (text: string) => void,
): readonly [string, (text: string) => void] {
  const [text, setText] = useState(held);
  const sent = useRef(held);
  const search = useDebouncedCallback((value: string) => {
    sent.current = value;
    onSearch(value);
  }, PAUSE_MILLISECONDS);
  // In the same step as it is drawn: what is typed right after must not be taken back.
  useLayoutEffect(() => {
    if (held === sent.current) return;
    sent.current = held;
    setText(held);
  }, [held]);
  const type = (value: string): void => {
    setText(value);
    search(value);
  };
  return [text, type];
}
