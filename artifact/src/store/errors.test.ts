import { expect, test } from 'vitest';
import { RegistryError, registryError, writeError } from './errors.ts';

test.each([
  [registryError('NO_FOLDER', '/m'), 'there is no folder /m'],
  [registryError('NO_MODEL', '/m'), '/m holds no model; make one with: hearth train && hearth publish'],
  [registryError('UNKNOWN_MODEL', '/m', 'a', 'b, c'), '/m holds no model "a"; it holds b, c'],
  [registryError('UNKNOWN_MODEL', '/m', 'a', ''), '/m holds no model "a"; it holds none'],
  [
    registryError('SEVERAL_MODELS', '/m', 'a, b'),
    '/m holds several models, a, b: choose one with --model NAME or the setting MODEL',
  ],
  [registryError('UNKNOWN_VERSION', '7', '1-, 2-'), 'there is no version "7"; published: 1-, 2-'],
  [registryError('UNKNOWN_VERSION', '7', ''), 'there is no version "7"; published: none'],
  [registryError('AMBIGUOUS_VERSION', '1', '1-a or 1-b'), '"1" could be 1-a or 1-b; give more digits'],
  [
    registryError('NO_PRODUCTION', '/m/a'),
    'no version is in production: /m/a/aliases.json does not name one; promote one with: hearth promote latest --model a',
  ],
  [registryError('NOT_SERVABLE', '1-a', 'size check'), '1-a cannot serve: size check; nothing was changed'],
  [
    registryError('NO_EARLIER', '1-a'),
    'no version that was in production before 1-a is left; choose one with: hearth promote VERSION',
  ],
  [
    registryError('CHAMPION_CHANGED', '1-a', '2-b'),
    'production has changed from 1-a to 2-b since the comparison; promote again',
  ],
  [
    registryError('BAD_ALIASES', '/a.json', 'it is empty'),
    '/a.json cannot be used: it is empty; replace it with: hearth promote VERSION',
  ],
  [
    registryError('BAD_JOURNAL', '/j', '2, 3'),
    '/j, line 2, 3: not a journal entry; repair or remove it, because rollback and prune need the whole journal',
  ],
  [
    registryError('UNREADABLE_JOURNAL', '/j', 'permission denied'),
    '/j cannot be read: permission denied; repair it, because it names the versions that were in production before',
  ],
  [
    registryError('BAD_DEFAULT', '/d.json', 'it is empty'),
    '/d.json cannot be used: it is empty; replace it with: hearth promote VERSION --model NAME --default',
  ],
  [registryError('LOCKED', '/m'), 'another hearth command is writing to /m; try again when it has finished'],
  [
    registryError('NO_LOCK', '/m/lock'),
    '/m/lock cannot be locked: the folder must be writable, and on a file system with locks',
  ],
  [
    registryError('NO_LOCK_COMMAND', '/m/lock'),
    '/m/lock cannot be locked: this Node has no SQLite, and there is no command flock; install Node 22.13 or later',
  ],
  [
    registryError('EVALUATED', '/m/e.json', 'Bern', '2026-01-31'),
    '/m/e.json has the evaluation "Bern" of 2026-01-31 already; choose another name, or replace it with --replace',
  ],
  [
    registryError('NOT_EVALUATION', '/m/e.json', 'it is not JSON'),
    '/m/e.json is not replaced: it is not JSON; move it away, or choose another name',
  ],
  [
    registryError('MOST_EVALUATIONS', '/m/e', 100),
    '/m/e holds 100 evaluations, which is the most for a version; remove one first',
  ],
])('%s says what is wrong, where, and what to do next', (error, message) => {
  expect(error).toBeInstanceOf(RegistryError);
  expect([error.name, error.message]).toEqual(['RegistryError', message]);
  expect(error).not.toHaveProperty('cause');
});

const system = (code: string) => Object.assign(new Error(code), { code });

test('an error has the error that caused it as its cause', () => {
  const cause = system('EACCES');
  expect(registryError('BAD_ALIASES', '/a', 'permission denied', cause).cause).toBe(cause);
});

const noSpace =
  'there is no room to write to /m: the disk is full or a size limit is reached; nothing was changed';
const notWritable = '/m cannot be written to: permission denied; nothing was changed';

test.each([
  ['ENOSPC', 'NO_SPACE', noSpace],
  ['EDQUOT', 'NO_SPACE', noSpace],
  ['EFBIG', 'NO_SPACE', noSpace],
  ['EACCES', 'NOT_WRITABLE', notWritable],
  ['EPERM', 'NOT_WRITABLE', notWritable],
  ['EROFS', 'NOT_WRITABLE', notWritable],
])('a write that fails with %s is reported as %s', (code, told, message) => {
  const cause = system(code);
  expect(writeError(cause, '/m')).toMatchObject({ code: told, message, cause });
});

test('any other error stays as it is', () => {
  for (const error of [system('EIO'), new Error('no code')]) expect(writeError(error, '/m')).toBe(error);
});
