/**
 * Dates and times as seconds since 1970-01-01T00:00:00 on a clock without offset, in the proleptic Gregorian calendar: years 0001 to
 * 9999, no leap seconds.
 */
const secondsOfDay = 86_400;
const dateForm = /^(\d{4})-(\d{2})-(\d{2})$/;
const timeForm =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(\.\d{1,9})?)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?$/;
const timeLike = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/;

/** The calendar repeats itself after 400 years. They are added because `Date.UTC` reads the years 0 to 99 as 1900 to 1999. */
const daysOf400Years = 146_097;
const daysUntil = (year: number, month: number, day: number): number =>
  Date.UTC(year + 400, month - 1, day) / (1000 * secondsOfDay) - daysOf400Years;

const dateOfDay = (day: number): Date => new Date(day * 1000 * secondsOfDay);

/** The seconds of the midnight of a date such as 2024-02-29, or what is wrong with the text. */
export function readDate(text: string): number | string {
  const [, year, month, day] = dateForm.exec(text)?.map(Number) ?? [];
  if (year === undefined) return 'is not a date such as 2024-02-29';
  const days = daysUntil(year, month, day);
  const exists = year > 0 && month > 0 && dateOfDay(days).getUTCMonth() === month - 1 && day > 0;
  return exists ? days * secondsOfDay : 'is a date that does not exist';
}

/**
 * The seconds of a time such as 2024-02-29T13:45:00, or what is wrong with the text. A time with an offset is moved to the clock of
 * `timeZone`.
 * @param timeZone IANA name; without one an offset is a fault
 */
export function readTime(text: string, timeZone?: string): number | string {
  const [, date, hours, minutes, seconds = '0', fraction = '0', offset] = timeForm.exec(text) ?? [];
  if (date === undefined) {
    return timeLike.test(text)
      ? 'is a time that does not exist'
      : 'is not a date and time such as 2024-02-29T13:45:00';
  }
  const midnight = readDate(date);
  if (typeof midnight === 'string') return midnight;
  const whole = midnight + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  if (offset === undefined) return whole + Number(fraction);
  if (timeZone === undefined) return 'has an offset, which is not allowed here';
  const universal = whole - secondsOfOffset(offset);
  return universal + offsetOf(timeZone, universal) + Number(fraction);
}

/** `Z`, `+05:30` or `-03:06:28` in seconds. */
function secondsOfOffset(offset: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = offset.match(/\d+/g)?.map(Number) ?? [];
  return (offset.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds);
}

/** A formatter takes a hundred times as long to make as to use. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Seconds that the clocks of a time zone are ahead of UTC. @param universal seconds since 1970 in UTC */
function offsetOf(timeZone: string, universal: number): number {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    formatters.set(timeZone, formatter);
  }
  const parts = formatter.formatToParts(universal * 1000);
  return secondsOfOffset(parts.find(({ type }) => type === 'timeZoneName')?.value.slice('GMT'.length) ?? '');
}

/** Whether a time zone has this name; an offset is no name. */
export function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en-US', { timeZone: name }) !== undefined;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The date of so many seconds: 2024-02-29. */
export const writeDate = (seconds: number): string =>
  dateOfDay(Math.floor(seconds / secondsOfDay))
    .toISOString()
    .slice(0, 10);

const nanoseconds = 1e9;

/** The time of so many seconds, with a fraction if it has one: 2024-02-29T13:45:00.5. `readTime` reads the same seconds. */
export function writeTime(seconds: number): string {
  const rounded = Math.round((seconds - Math.floor(seconds)) * nanoseconds);
  const whole = Math.floor(seconds) + Math.floor(rounded / nanoseconds);
  const fraction = String(rounded % nanoseconds)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return new Date(whole * 1000).toISOString().slice(0, 19) + (fraction && `.${fraction}`);
}

const weekOf1970 = 3; // it began on a Thursday

/** What a feature can take from a date or a time, as a number. */
export const parts = {
  year: (seconds) => dateOf(seconds).getUTCFullYear(),
  month: (seconds) => dateOf(seconds).getUTCMonth() + 1,
  dayOfYear(seconds) {
    const day = Math.floor(seconds / secondsOfDay);
    return day - daysUntil(dateOfDay(day).getUTCFullYear(), 1, 1) + 1;
  },
  /** 1 Monday to 7 Sunday. */
  weekday: (seconds) => ((((Math.floor(seconds / secondsOfDay) + weekOf1970) % 7) + 7) % 7) + 1,
  hour: (seconds) => (seconds - secondsOfDay * Math.floor(seconds / secondsOfDay)) / 3600,
  days: (seconds) => seconds / secondsOfDay,
} satisfies Record<string, (seconds: number) => number>;
export type Part = keyof typeof parts;

const dateOf = (seconds: number): Date => dateOfDay(Math.floor(seconds / secondsOfDay));

/** The least and the greatest value of a part of the times between two. */
export function partRange(part: Part, first: number, last: number): [number, number] {
  const { [part]: fixed } = {
    month: [1, 12],
    dayOfYear: [1, 366],
    weekday: [1, 7],
    hour: [0, 24],
  } as Partial<Record<Part, [number, number]>>;
  return fixed ?? [parts[part](first), parts[part](last)];
}
