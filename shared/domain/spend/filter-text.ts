// One condition as text, the same in the address of a screen and on the command line: `model=a,b`, `day>=…`, `model=null`.
import type { Filter, FilterOperator } from './vocabulary.ts';

/**
 * Text of a condition. A backslash escapes commas and backslashes inside a value, operators inside a tag's key,
 * and the text `null` (`\null`), which bare means "has no value".
 */
export function filterText({ dimension, operator, values }: Filter): string {
  const key = dimension.replaceAll(/[\\=!~<>]/gu, (character) => `\\${character}`);
  return `${key}${operator}${values.map(valueText).join(',')}`;
}

function valueText(value: string | null): string {
  if (value === null) return 'null';
  const escaped = value.replaceAll(/[\\,]/gu, (character) => `\\${character}`);
  return escaped === 'null' ? '\\null' : escaped;
}

/** The condition a text says, or null when it says none. The dimension's name is not looked up here. */
export function parseFilterText(text: string): Filter | null {
  const found = /^((?:\\.|[^\\])+?)(!=|>=|<=|=|~)(.*)$/su.exec(text);
  if (found === null) return null;
  const [, dimension = '', operator, values = ''] = found;
  return {
    dimension: unescaped(dimension),
    operator: operator as FilterOperator,
    values: splitValues(values),
  };
}

function splitValues(text: string): (string | null)[] {
  const parts: string[] = [''];
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '\\' && index + 1 < text.length) {
      index += 1;
      parts[parts.length - 1] += `\\${text.charAt(index)}`;
    } else if (character === ',') parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => (part === 'null' ? null : unescaped(part)));
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/gsu, '$1');
}
