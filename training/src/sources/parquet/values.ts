import type { ParquetParsers, SchemaElement } from 'hyparquet';
import { toCell } from '../json/objects.ts';
import type { SourceCell, SourceColumn } from '../source.ts';

/** Times as ISO text without Z, with as many decimals of a second as they have. */
export const parsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (millis) => isoTime(BigInt(millis) * 1_000_000n),
  timestampFromMicroseconds: (micros) => isoTime(micros * 1000n),
  timestampFromNanoseconds: isoTime,
  dateFromDays: (days) => new Date(days * 86_400_000).toISOString().slice(0, -'T00:00:00.000Z'.length),
};

function isoTime(nanos: bigint): string {
  const below = ((nanos % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const seconds = (nanos - below) / 1_000_000_000n;
  const text = new Date(Number(seconds) * 1000).toISOString().slice(0, -'.000Z'.length);
  const decimals = String(below).padStart(9, '0').replace(/0+$/, '');
  return decimals === '' ? text : `${text}.${decimals.padEnd(3, '0')}`;
}

/** How the values of a column become cells. */
interface Reading {
  declared: SourceColumn['declared'];
  toCell(value: unknown): SourceCell;
}

/** @param element of a column of the schema, which may be nested */
export function readingOf(element: SchemaElement): Reading {
  if (element.num_children) return { declared: undefined, toCell };
  const kind = kindOf(element);
  return {
    declared: kind,
    toCell: kind === 'datetime' && isInstant(element) ? toInstant : toCellOf(element),
  };
}

function toCellOf(element: SchemaElement): Reading['toCell'] {
  const scale = timeOfDay(element);
  if (scale) return (value) => (value == null ? null : isoTime(BigInt(value as number) * scale).slice(11));
  if (isWholeDecimal(element) && element.type === 'FIXED_LEN_BYTE_ARRAY')
    return (value) => (value instanceof Uint8Array ? whole(bigEndian(value)) : null);
  return (value) => {
    if (typeof value === 'bigint') return whole(value);
    if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
    return toCell(value);
  };
}

const toInstant = (value: unknown): SourceCell => (typeof value === 'string' ? `${value}Z` : toCell(value));

/** A whole number as a number, where one holds it. */
export const whole = (value: bigint): number | bigint =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value;

/** Spark's INT96 are instants, and so are times of old writers, whose schema does not say (parquet-format, LogicalTypes.md). */
const isInstant = ({ logical_type: type }: SchemaElement): boolean =>
  type?.type === 'TIMESTAMP' ? type.isAdjustedToUTC : true;

/** Of a time of day, which is text: the nanoseconds of its unit. */
function timeOfDay({ converted_type: converted, logical_type: logical }: SchemaElement): bigint | undefined {
  const unit = logical?.type === 'TIME' ? logical.unit : /^TIME_(MILLIS|MICROS)$/.exec(converted ?? '')?.[1];
  return unit ? { MILLIS: 1_000_000n, MICROS: 1000n, NANOS: 1n }[unit] : undefined;
}

/** A decimal without decimals: kept exactly, though hyparquet would make it a float64. */
const isWholeDecimal = ({ converted_type, scale }: SchemaElement): boolean =>
  converted_type === 'DECIMAL' && !scale;

/** Makes hyparquet leave whole decimals as they are. */
export function keepWholeDecimals(element: SchemaElement): void {
  if (isWholeDecimal(element)) element.converted_type = undefined;
}

function bigEndian(bytes: Uint8Array): bigint {
  const hex = Buffer.from(bytes).toString('hex');
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex || '0'}`));
}

function kindOf(element: SchemaElement): Reading['declared'] {
  const { type, converted_type: converted, logical_type: logical } = element;
  if (converted === 'DATE' || logical?.type === 'DATE') return 'date';
  if (type === 'INT96' || converted?.startsWith('TIMESTAMP') || logical?.type === 'TIMESTAMP')
    return 'datetime';
  if (isWholeDecimal(element)) return 'integer';
  if (timeOfDay(element)) return 'string';
  if (converted === 'DECIMAL' || logical?.type === 'FLOAT16') return 'number';
  if (type === 'BOOLEAN') return 'boolean';
  if (type === 'INT32' || type === 'INT64') return 'integer';
  if (type === 'FLOAT' || type === 'DOUBLE') return 'number';
  return 'string';
}
