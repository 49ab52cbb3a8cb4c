const quote = 34;
const backslash = 92;
const colon = 58;

/** The size of a JSON text, without parsing it. */
export interface Shape {
  /** How deep lists and objects are nested. */
  depth: number;
  /** Members of all objects together. */
  members: number;
}

/** Counts in a text that may not be valid JSON. */
export function scan(text: string): Shape {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case quote:
        i = endOfString(text, i);
        break;
      case colon:
        members++;
        break;
      case 91: // [
      case 123: // {
        if (++depth > deepest) deepest = depth;
        break;
      case 93: // ]
      case 125: // }
        depth--;
    }
  }
  return { depth: deepest, members };
}

function endOfString(text: string, start: number): number {
  let end = start;
  do {
    end = text.indexOf('"', end + 1);
    if (end < 0) return text.length;
  } while (isEscaped(text, end));
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === backslash) backslashes++;
  return backslashes % 2 === 1;
}
