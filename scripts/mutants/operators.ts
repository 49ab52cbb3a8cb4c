/** The replacements of each operator. */
export const operatorMutations = new Map<string, readonly string[]>([
  ['+', ['-']],
  ['-', ['+']],
  ['*', ['/']],
  ['/', ['*']],
  ['%', ['*']],
  ['**', ['*']],
  ['<<', ['>>']],
  ['>>', ['<<']],
  ['&', ['|']],
  ['|', ['&']],
  ['<', ['<=', '>=']],
  ['<=', ['<', '>']],
  ['>', ['>=', '<=']],
  ['>=', ['>', '<']],
  ['===', ['!==']],
  ['!==', ['===']],
  ['&&', ['||']],
  ['||', ['&&']],
  ['??', ['&&']],
  ['+=', ['-=']],
  ['-=', ['+=']],
  ['*=', ['/=']],
  ['/=', ['*=']],
  ['**=', ['*=']],
  ['??=', ['&&=']],
]);

/** The replacement of each method; '' removes the call. */
export const callMutations = new Map<string, string>([
  ['startsWith', 'endsWith'],
  ['endsWith', 'startsWith'],
  ['some', 'every'],
  ['every', 'some'],
  ['min', 'max'],
  ['max', 'min'],
  ['floor', 'ceil'],
  ['ceil', 'floor'],
  ['round', 'floor'],
  ['find', 'findLast'],
  ['findLast', 'find'],
  ['trim', ''],
  ['filter', ''],
  ['slice', ''],
  ['sort', ''],
  ['reverse', ''],
]);

/** A larger and a smaller number: by one for small integers and bounds, otherwise by a tenth. */
export function numberMutations(value: number, isCompared: boolean): string[] {
  const step = Number.isInteger(value) && (isCompared || Math.abs(value) < 10) ? 1 : value / 10;
  return [value + step, value - step].map((number) => String(Number(number.toPrecision(12))));
}
