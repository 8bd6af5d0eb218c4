// Saves what the engine writes: asks for a place, lets the engine fill it, and hands it over where the host is a browser.
import type { Input, Method, Output } from '../../shared/contract/methods.ts';
import { call } from '../bridge.ts';

type ExportMethod = Extract<Method, `export.${string}`>;
export type Saved = { readonly name: string; readonly rows: number };

/** Null when the person dismissed the question for a place. Rejects with `AssayError`. */
export async function saveExport<M extends ExportMethod>(
  suggestedName: string,
  method: M,
  inputFor: (target: string) => Input<M>,
): Promise<Saved | null> {
  const target = await window.assay.saveAs(suggestedName);
  if (target === null) return null;
  const { rows }: Output<ExportMethod> = await call(method, inputFor(target.token));
  await window.assay.saved(target.token);
  return { name: target.name, rows };
}
