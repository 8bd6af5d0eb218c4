// How old a catalog is, and from when on it is called stale.

/** AWS changed Bedrock prices about every two months so far. */
export const STALE_AFTER_DAYS = 60;

/** How many days lie between the newest sighting in a catalog and today (ISO days); null when nothing says when it was seen. */
export function ageInDays(seenTo: string | null, today: string): number | null {
  if (seenTo === null) return null;
  return Math.max(0, Math.round((Date.parse(today) - Date.parse(seenTo)) / 86_400_000));
}

export function isStale(age: number | null): boolean {
  return age !== null && age > STALE_AFTER_DAYS;
}
