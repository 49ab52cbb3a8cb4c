import { mostCategories } from '@hearth/artifact';
import * as v from 'valibot';

/** The first line of a file that export.py or export.R writes (docs/import-script.md). */

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const number = v.pipe(v.number(), v.finite());
const place = v.pipe(v.number(), v.integer(), v.minValue(0));
const perOutput = v.pipe(v.array(number), v.minLength(1), v.maxLength(1000));
const numberOrPerOutput = v.union([number, perOutput]);
const range = v.pipe(
  v.tuple([number, number]),
  v.check(
    ([low, high]) => low <= high && Math.max(-low, high) < 3.4e38,
    'the least number is above the greatest, or one is beyond float32',
  ),
);

const column = { name, required: v.boolean() };
const Column = v.variant('type', [
  v.strictObject({
    ...column,
    type: v.picklist(['number', 'integer']),
    seen: v.optional(range),
  }),
  v.strictObject({ ...column, type: v.literal('boolean') }),
  v.strictObject({
    ...column,
    type: v.literal('category'),
    categories: v.pipe(v.array(name), v.minLength(1), v.maxLength(mostCategories)),
    open: v.boolean(),
  }),
]);

const target = { name: v.optional(name) };
const Target = v.variant('type', [
  v.strictObject({ ...target, type: v.picklist(['numeric', 'count']) }),
  v.strictObject({ ...target, type: v.literal('binary'), classes: v.pipe(v.array(name), v.length(2)) }),
  v.strictObject({
    ...target,
    type: v.literal('classes'),
    classes: v.pipe(v.array(name), v.minLength(2), v.maxLength(1000)),
  }),
]);

const option = v.nullable(v.union([v.string(), number, v.boolean()]));

const LinearTerm = v.union([
  v.strictObject({ column: place, coefficient: perOutput, missing: perOutput, mean: perOutput }),
  v.strictObject({
    column: place,
    levels: v.pipe(v.array(perOutput), v.minLength(1), v.maxLength(mostCategories)),
    unlisted: perOutput,
    missing: perOutput,
    mean: perOutput,
  }),
]);

export const Header = v.strictObject({
  hearth: v.literal('export'),
  format: v.literal(1, 'this Hearth reads format 1: print the script of this Hearth and export again'),
  source: v.strictObject({
    tool: name,
    version: v.pipe(v.string(), v.maxLength(100)),
    method: name,
    options: v.optional(v.record(name, option)),
    rows: v.optional(place),
  }),
  columns: v.pipe(v.array(Column), v.minLength(1), v.maxLength(100_000)),
  target: Target,
  answer: v.strictObject({
    link: v.picklist(['identity', 'logit', 'log', 'softmax', 'share']),
    base: v.optional(numberOrPerOutput),
    baseFirst: v.optional(v.boolean()),
    divisor: v.optional(numberOrPerOutput),
    scale: v.optional(numberOrPerOutput),
    offset: v.optional(numberOrPerOutput),
  }),
  /** How numbers are compared with a split, in float64; absent: `<`. */
  compare: v.optional(v.picklist(['<', '<='])),
  /** Of categories and booleans (0: false, 1: true): the levels that go left, and whether values that are not listed do. */
  sets: v.optional(v.array(v.strictObject({ column: place, levels: v.array(place), unlisted: v.boolean() }))),
  linear: v.optional(v.array(LinearTerm)),
  /** How many lines of trees follow. */
  trees: place,
});
export type Header = v.InferOutput<typeof Header>;

export const outputsOf = ({ target }: Header): number =>
  target.type === 'classes' ? target.classes.length : 1;
