// A few words beside what is pointed at or focused. They are made when they are needed: ready-made for every cell of a table
// they cost more to draw than the cells do.
//
// label     the words; what has no name of its own needs an `aria-label` beside them
// position  where they stand, `top` when left out
// disabled  says nothing
// children  one element that passes on handlers
import { Tooltip } from '@mantine/core';
import {
  cloneElement,
  type FocusEvent,
  type MouseEvent,
  type ReactElement,
  useEffect,
  useState,
} from 'react';

/** What a child may already listen to; both are told. */
type Heard = {
  readonly onMouseEnter?: (event: MouseEvent<HTMLElement>) => void;
  readonly onMouseLeave?: (event: MouseEvent<HTMLElement>) => void;
  readonly onFocus?: (event: FocusEvent<HTMLElement>) => void;
  readonly onBlur?: (event: FocusEvent<HTMLElement>) => void;
};

type Props = {
  readonly label: string;
  readonly position?: 'top' | 'right';
  readonly disabled?: boolean;
  readonly children: ReactElement<Heard>;
};

/** Pointing needs to last a moment, as with any other tip; the keyboard's focus does not. */
const DELAY_MILLISECONDS = 300;

type Noticed = { readonly element: HTMLElement; readonly delay: number };

export function Hint({ label, position = 'top', disabled = false, children }: Props) {
  const [noticed, setNoticed] = useState<Noticed | null>(null);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (noticed === null) return;
    const timer = setTimeout(() => setShown(true), noticed.delay);
    const onKeyDown = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') setNoticed(null);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('keydown', onKeyDown);
      setShown(false);
    };
  }, [noticed]);
  const own = children.props;
  const child = cloneElement(children, {
    onMouseEnter: (event) => {
      own.onMouseEnter?.(event);
      setNoticed({ element: event.currentTarget, delay: DELAY_MILLISECONDS });
    },
    onMouseLeave: (event) => {
      own.onMouseLeave?.(event);
      setNoticed(null);
    },
    onFocus: (event) => {
      own.onFocus?.(event);
      if (event.currentTarget.matches(':focus-visible'))
        setNoticed({ element: event.currentTarget, delay: 0 });
    },
    onBlur: (event) => {
      own.onBlur?.(event);
      setNoticed(null);
    },
  });
  return (
    <>
      {child}
      {noticed !== null && shown && !disabled && (
        <Tooltip label={label} position={position} target={noticed.element} opened />
      )}
    </>
  );
}
