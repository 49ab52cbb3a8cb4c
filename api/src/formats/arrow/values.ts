import type { Column, Value } from '@hearth/artifact';
import { DataType, type Decimal, Precision, type Timestamp, util } from 'apache-arrow';
import { float32Reader } from '../../v2/float32.ts';

/** A value as in a row of JSON, null where it is missing, or what is wrong with it. */
export type CellValue = Value | null | { fault: string };

export const isFault = (value: CellValue): value is { fault: string } =>
  typeof value === 'object' && value !== null;

type Read = (raw: never) => CellValue;

const inexact = { fault: 'is a whole number beyond 2^53 - 1, which cannot be read exactly' };
const beyond = { fault: 'has an index beyond its dictionary or its column' };
const notText = { fault: 'is not text in UTF-8' };

/** Whether the values of a type can stand in a row. */
export const isReadable = (type: DataType): boolean => readerOf(type) !== undefined;

/** Makes the function from an element, as apache-arrow gives it, to the value of a column. */
export function valueReader(type: DataType, column: Column): (raw: unknown) => CellValue {
  const read = readerOf(type, column) as ((raw: unknown) => CellValue) | undefined;
  if (!read) throw new TypeError(`the type of ${column.name} has been checked to be readable`);
  return (raw) => {
    if (raw === null) return null;
    return raw === undefined ? beyond : read(raw);
  };
}

function readerOf(type: DataType, column?: Column): Read | undefined {
  if (DataType.isDictionary(type)) return readerOf(type.dictionary, column);
  if (DataType.isNull(type)) return () => null;
  if (DataType.isBool(type)) return (raw: boolean) => raw;
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return readText;
  if (DataType.isInt(type)) return readInteger;
  if (DataType.isFloat(type) && type.precision !== Precision.HALF) {
    const toNumber =
      type.precision === Precision.SINGLE && column ? float32Reader(column) : (raw: number) => raw;
    return (raw: number) => (Number.isNaN(raw) ? null : toNumber(raw)); // NumPy and pandas write a missing number as NaN
  }
  if (DataType.isDecimal(type)) return (raw: Uint32Array) => readDecimal(raw, type);
  if (DataType.isDate(type)) return (raw: number) => isoOf(raw, (iso) => iso.slice(0, 10));
  if (DataType.isTimestamp(type)) return (raw: number) => isoOf(raw, (iso) => inZone(iso, type));
  return undefined;
}

/** The library puts U+FFFD in place of bytes that are not UTF-8. */
const readText = (raw: string): CellValue => (raw.includes('\uFFFD') ? notText : raw);

function readInteger(raw: number | bigint): CellValue {
  if (typeof raw === 'number') return raw;
  const number = Number(raw);
  return Number.isSafeInteger(number) ? number : inexact;
}

const readDecimal = (raw: Uint32Array, { scale }: Decimal): CellValue =>
  Number(`${util.bigNumToString(util.BN.new(raw, true) as never)}e${-scale}`);

/** Milliseconds since 1970 as text; what no date can be stays a number, and is a fault of its column. */
const isoOf = (raw: number, cut: (iso: string) => string): CellValue => {
  const date = new Date(raw);
  return Number.isNaN(date.getTime()) ? raw : cut(date.toISOString());
};

/** A time without a zone is one on the clock of the column, as in JSON. */
const inZone = (iso: string, { timezone }: Timestamp): string => (timezone ? iso : iso.slice(0, -1));
