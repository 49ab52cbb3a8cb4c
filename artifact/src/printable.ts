/** A character that a terminal, a log or a page would obey, hide or not show. */
export const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const everyUnprintable = new RegExp(unprintable, 'gu');

/** Text of unknown origin, short and safe enough for a message. */
export function printable(text: string, longest: number): string {
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return shown.replace(everyUnprintable, '\uFFFD');
}
