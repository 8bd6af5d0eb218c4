// Errors are data: a code a program can act on, a message a person can act on, and details for the screen.
// No schema here: threads that only throw need not load the library of schemas. It stands in failure.ts.
export const ERROR_CODES = [
  'invalid_input',
  'unknown_method',
  'file_not_found',
  'file_unreadable',
  'file_unwritable',
  'unsupported_format',
  'corrupt_file',
  'missing_columns',
  'missing_parts',
  'nothing_to_import',
  'period_held',
  'no_staged_import',
  'import_running',
  'cancelled',
  'disk_full',
  'workspace_newer',
  'workspace_not_assay',
  'workspace_locked',
  'workspace_read_only',
  'workspace_corrupt',
  'mixed_currency',
  'unknown_dimension',
  'not_found',
  'engine_unavailable',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export type Failure = {
  code: ErrorCode;
  message: string;
  /** File, line, column … where they are known. */
  details: Record<string, string | number | boolean | null>;
};

/** Thrown inside the engine and by the clients; crosses every process boundary as `Failure`. */
export class AssayError extends Error {
  readonly code: ErrorCode;
  readonly details: Failure['details'];
  constructor(code: ErrorCode, message: string, details: Failure['details'] = {}) {
    super(message);
    this.name = 'AssayError';
    this.code = code;
    this.details = details;
  }
}

export function asFailure(error: unknown): Failure {
  if (error instanceof AssayError)
    return { code: error.code, message: error.message, details: error.details };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error), details: {} };
}
