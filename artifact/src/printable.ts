/** A character that a terminal, a log or a page would interpret or hide. */
export const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const everyUnprintable = new RegExp(unprintable, 'gu');

/** Untrusted text, shortened and made safe for a message. */
export function printable(text: string, longest: number): string {
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return shown.replace(everyUnprintable, '\uFFFD');
}
