// Pages never see nor send file paths: they hold opaque tokens, and the host puts the path in where a call names a file.
import { randomBytes } from 'node:crypto';
import { AssayError } from '../../shared/contract/errors.ts';

export type FileTokens = {
  /** The token under which a page may name this file. */
  give(path: string): string;
  path(token: string): string;
  /** The input with the paths in place of the tokens of `sources` and `target`, the only fields that name files. */
  resolve(input: unknown): unknown;
};

const PREFIX = 'file:';

export function createFileTokens(): FileTokens {
  const paths = new Map<string, string>();

  const path = (token: string): string => {
    const found = paths.get(token);
    if (found === undefined) {
      throw new AssayError('invalid_input', 'This file is not one that was chosen here. Choose it again.', {
        field: 'file',
      });
    }
    return found;
  };

  return {
    give(file) {
      const token = `${PREFIX}${randomBytes(18).toString('base64url')}`;
      paths.set(token, file);
      return token;
    },
    path,
    resolve(input) {
      if (typeof input !== 'object' || input === null) return input;
      const fields: Record<string, unknown> = { ...input };
      if (Array.isArray(fields.sources)) fields.sources = fields.sources.map((token) => path(String(token)));
      if (typeof fields.target === 'string') fields.target = path(fields.target);
      return fields;
    },
  };
}
