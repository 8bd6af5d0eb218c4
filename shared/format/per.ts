// What an amount is paid for, in words: `1M tokens`, `1K text units`, `image`.

const PLURALS: Readonly<Record<string, string>> = {
  token: 'tokens',
  token_hour: 'token hours',
  image: 'images',
  second: 'seconds',
  search_unit: 'search units',
  text_unit: 'text units',
  query: 'queries',
  page: 'pages',
  minute: 'minutes',
  request: 'requests',
  event: 'events',
  record: 'records',
  transition: 'transitions',
  task: 'tasks',
  model_unit_hour: 'model unit hours',
  ktpm_hour: '1K TPM hours',
  custom_model_unit_minute: 'custom model unit minutes',
  custom_model_unit_month: 'custom model unit months',
  ocu_hour: 'OCU hours',
  vcpu_hour: 'vCPU hours',
  gb_hour: 'GB hours',
  gb_month: 'GB months',
  hour: 'hours',
  model_month: 'model months',
  unit: 'units',
};

/** The unit after a number: `tokens`, `model unit hours`. A unit without words of its own stands as it is named. */
export function unitAfter(quantity: number, baseUnit: string): string {
  return quantity === 1 ? perText(1, baseUnit) : (PLURALS[baseUnit] ?? baseUnit.replaceAll('_', ' '));
}

/** `1M tokens`, `1K text units`, `image`: what one pays the amount for. */
export function perText(per: number, baseUnit: string): string {
  const plural = PLURALS[baseUnit] ?? baseUnit.replaceAll('_', ' ');
  if (per === 1) return plural.replace(/queries$/u, 'query').replace(/s$/u, '');
  if (per % 1e6 === 0) return `${per / 1e6}M ${plural}`;
  return per % 1000 === 0 ? `${per / 1000}K ${plural}` : `${per} ${plural}`;
}
