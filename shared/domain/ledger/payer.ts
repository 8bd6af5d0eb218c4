// How a payer is called where its export does not say who pays.

/** The payer's account id, or words for one without: such lines count as one payer. */
export const payerText = (payer: string): string => (payer === '' ? 'without a number' : payer);
