// Reads usage with the accounts told apart that have contract rates of their own, and leaves all others together.
import type { Filter } from '../../../shared/domain/spend/vocabulary.ts';
import type { UsageRow } from '../../../shared/domain/whatif/baseline.ts';

/** The rows of a question, each with the account whose own rates it falls under; null = the rates of all accounts. */
export function rowsByAccount<
  Question extends { readonly scopes: readonly (readonly Filter[])[] },
  Row extends UsageRow,
>(read: (question: Question) => Row[], question: Question, accounts: readonly string[]): Row[] {
  if (accounts.length === 0) return read(question);
  const asked = question.scopes.length;
  const marked = accounts.map((account): Filter[] => [
    { dimension: 'account', operator: '=', values: [account] },
  ]);
  return read({ ...question, scopes: [...question.scopes, ...marked] }).map((row) => {
    const own = row.inScopes.find((index) => index >= asked);
    return {
      ...row,
      account: own === undefined ? null : (accounts[own - asked] ?? null),
      inScopes: row.inScopes.filter((index) => index < asked),
    };
  });
}
