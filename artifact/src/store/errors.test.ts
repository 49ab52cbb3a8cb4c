import { expect, test } from 'vitest';
import { RegistryError, registryError, writeError } from './errors.ts';

test.each([
  [registryError('NO_FOLDER', '/m'), 'there is no folder /m'],
  [registryError('NO_MODEL', '/m'), '/m has no model; make one with: hearth train && hearth publish'],
  [registryError('UNKNOWN_MODEL', '/m', 'a', 'b, c'), '/m has no model "a"; it has b, c'],
  [registryError('UNKNOWN_MODEL', '/m', 'a', ''), '/m has no model "a"; it has none'],
  [registryError('SEVERAL_MODELS', '/m', 'a, b'), '/m has several models: a, b'],
  [registryError('UNKNOWN_VERSION', '7', '1-, 2-'), 'there is no version "7"; published: 1-, 2-'],
  [registryError('UNKNOWN_VERSION', '7', ''), 'there is no version "7"; published: none'],
  [registryError('AMBIGUOUS_VERSION', '1', '1-a or 1-b'), '"1" could be 1-a or 1-b; write more of the name'],
  [
    registryError('NO_PRODUCTION', '/m/a'),
    'no version is in production: /m/a/aliases.json does not name one; promote one with: hearth promote latest',
  ],
  [registryError('NOT_SERVABLE', '1-a', 'size check'), '1-a cannot serve: size check; nothing was changed'],
  [
    registryError('NO_EARLIER', '1-a'),
    'there is no version to roll back to: none that still exists was in production before 1-a; choose one with: hearth promote VERSION',
  ],
  [
    registryError('CHAMPION_CHANGED', '1-a', '2-b'),
    'the version in production changed from 1-a to 2-b during the comparison; promote again',
  ],
  [
    registryError('BAD_ALIASES', '/a.json', 'it is empty'),
    '/a.json cannot be used: it is empty; replace it with: hearth promote VERSION',
  ],
  [
    registryError('BAD_JOURNAL', '/j', '2, 3'),
    '/j, line 2, 3: is not a journal entry, so the version that was in production before is not known; repair or remove that line',
  ],
  [
    registryError('UNREADABLE_JOURNAL', '/j', 'permission denied'),
    '/j cannot be read: permission denied, so the version that was in production before is not known',
  ],
  [
    registryError('BAD_DEFAULT', '/d.json', 'it is empty'),
    '/d.json cannot be used: it is empty; replace it with: hearth promote VERSION --model NAME --default',
  ],
  [registryError('LOCKED', '/m'), 'another hearth command is writing to /m; try again when it has finished'],
  [
    registryError('NO_LOCK', '/m/lock'),
    '/m/lock cannot be locked: the folder must be writable, on a file system that supports locks',
  ],
])('%s says what is wrong, where, and what to do', (error, message) => {
  expect(error).toBeInstanceOf(RegistryError);
  expect([error.name, error.message]).toEqual(['RegistryError', message]);
  expect(error).not.toHaveProperty('cause');
});

const system = (code: string) => Object.assign(new Error(code), { code });

test('an error carries the one that was its cause', () => {
  const cause = system('EACCES');
  expect(registryError('BAD_ALIASES', '/a', 'permission denied', cause).cause).toBe(cause);
});

const noSpace =
  'there is no space to write to /m: the disk is full, or a quota is reached; nothing was changed';
const notWritable = '/m cannot be written to: permission denied; nothing was changed';

test.each([
  ['ENOSPC', 'NO_SPACE', noSpace],
  ['EDQUOT', 'NO_SPACE', noSpace],
  ['EFBIG', 'NO_SPACE', noSpace],
  ['EACCES', 'NOT_WRITABLE', notWritable],
  ['EPERM', 'NOT_WRITABLE', notWritable],
  ['EROFS', 'NOT_WRITABLE', notWritable],
])('a write that fails by %s is told as %s', (code, told, message) => {
  const cause = system(code);
  expect(writeError(cause, '/m')).toMatchObject({ code: told, message, cause });
});

test('any other error stays as it is', () => {
  for (const error of [system('EIO'), new Error('no code')]) expect(writeError(error, '/m')).toBe(error);
});
