import { expect, test } from 'vitest';
import { createMeeting, failAll, joinTeam } from './team.ts';

test('a thread that comes to a meeting after another failed does not wait for it', () => {
  const meeting = createMeeting(2, 1);
  const team = joinTeam(meeting, 0);
  failAll(meeting);
  expect(() => team.meet()).toThrow('a thread that grows trees failed');
  expect(() => team.addUp(Float64Array.of(1))).toThrow('a thread that grows trees failed');
});
