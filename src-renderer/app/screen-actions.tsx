// Buttons of a screen beside its title: the screen says what they are, the shell gives them the place.
import { createContext, type ReactNode, useContext } from 'react';
import { createPortal } from 'react-dom';
import classes from './shell.module.css';

export const ActionsSlotContext = createContext<HTMLElement | null>(null);

export function ActionsSlot({ onSlot }: { readonly onSlot: (element: HTMLElement | null) => void }) {
  return <div ref={onSlot} className={classes.actions} />;
}

/** Draws its children at the right of the title. */
export function ScreenActions({ children }: { readonly children: ReactNode }) {
  const slot = useContext(ActionsSlotContext);
  return slot === null ? null : createPortal(children, slot);
}
