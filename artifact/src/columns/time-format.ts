import type { TimeColumn } from './columns.ts';

/** What of `strptime` is read. Each has one form, so that a text has one meaning: no names of months, no years of two digits. */
const directives: Record<string, { name: string; digits: string }> = {
  Y: { name: 'year', digits: '\\d{4}' },
  m: { name: 'month', digits: '\\d\\d?' },
  d: { name: 'day', digits: '\\d\\d?' },
  H: { name: 'hour', digits: '\\d\\d?' },
  M: { name: 'minute', digits: '\\d\\d?' },
  S: { name: 'second', digits: '\\d\\d?' },
};
const ofDate = ['Y', 'm', 'd'];

/** Why a format such as %d/%m/%Y cannot be read; undefined if it can. */
export function formatFault(format: string, type: TimeColumn['type']): string | undefined {
  const named = [...format.matchAll(/%(.?)/g)].map(([, letter]) => letter);
  const known = type === 'date' ? ofDate : Object.keys(directives);
  const other = named.find((letter) => !known.includes(letter));
  if (other !== undefined) return `has %${other}; known are ${known.map((each) => `%${each}`).join(', ')}`;
  if (new Set(named).size < named.length) return 'has a part twice';
  return named.includes('Y') && named.includes('m') ? undefined : 'needs %Y and %m';
}

/** Makes the function from a text in a format without fault to the same in ISO 8601; undefined if it has another form. */
export function formatReader(format: string, type: TimeColumn['type']): (text: string) => string | undefined {
  const form = new RegExp(`^${format.replace(/%([A-Za-z])|[^%]/g, pattern)}$`);
  return (text) => {
    const { year, month, day = '1', hour = '0', minute = '0', second = '0' } = form.exec(text)?.groups ?? {};
    if (year === undefined) return undefined;
    const two = (digits: string) => digits.padStart(2, '0');
    const date = `${year}-${two(month)}-${two(day)}`;
    return type === 'date' ? date : `${date}T${two(hour)}:${two(minute)}:${two(second)}`;
  };

  function pattern(part: string, letter: string | undefined, at: number): string {
    if (letter === undefined) return part.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
    const { name, digits } = directives[letter];
    // next to another number, it has all its digits
    const adjoins = format[at + 2] === '%' || /%[A-Za-z]$/.test(format.slice(0, at));
    return `(?<${name}>${adjoins ? digits.replace('?', '') : digits})`;
  }
}
