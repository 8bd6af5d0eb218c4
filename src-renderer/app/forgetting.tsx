// Where a payer or a period is forgotten: over every screen, since the screen that asked goes with what it showed.
import { createContext, type ReactNode, useContext, useState } from 'react';
import { ForgetForm } from './forget-form.tsx';

type Scope = { readonly payer: string; readonly period: string };

const ForgettingContext = createContext<(scope: Scope) => void>(() => undefined);

export function ForgettingProvider({ children }: { readonly children: ReactNode }) {
  const [asked, setAsked] = useState<Scope | null>(null);
  return (
    <ForgettingContext value={setAsked}>
      {children}
      {asked !== null && <ForgetForm {...asked} onClose={() => setAsked(null)} />}
    </ForgettingContext>
  );
}

/** Opens the form that forgets a period of a payer, or all of it. */
export function useForgetting(): (scope: Scope) => void {
  return useContext(ForgettingContext);
}
