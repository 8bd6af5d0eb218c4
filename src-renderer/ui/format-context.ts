// The formatters in force, for every component that prints a number or a day.
import { createContext, useContext } from 'react';
import { createFormat, type Format } from '../../shared/format/format.ts';

export const FormatContext = createContext<Format>(createFormat());

export function useFormat(): Format {
  return useContext(FormatContext);
}
