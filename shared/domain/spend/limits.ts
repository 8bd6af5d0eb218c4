// Bounds on a question, so that an answer stays a page.

/** Most dimensions a query may group by. */
export const MAX_GROUPS = 6;
