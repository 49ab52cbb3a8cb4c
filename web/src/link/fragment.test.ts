import { describe, expect, test } from 'vitest';
import { readFragment, writeFragment } from './fragment.ts';

describe('a link', () => {
  test.each([
    ['', { view: 'page' }],
    ['#', { view: 'page' }],
    ['#age=54&sex=male', { view: 'page', entries: { age: '54', sex: 'male' } }],
    ['#age=', { view: 'page', entries: { age: '' } }],
    ['#/about', { view: 'about' }],
    ['#/about?age=54', { view: 'about', entries: { age: '54' } }],
    ['#/nowhere?age=54', { view: 'page', entries: { age: '54' } }],
  ])('%j is read as %j', (fragment, link) => {
    expect(readFragment(fragment)).toEqual(link);
  });

  test('keeps the entries unchanged', () => {
    const entries = {
      age: '54',
      'body mass': '70.5',
      place: 'São Paulo & more',
      constructor: '1',
      toString: '2',
      'distance, km': '3',
      'a;b#c/d?e=f%': '4',
      '"日本"': '5',
    };
    expect(readFragment(writeFragment({ view: 'ops', entries })).entries).toEqual(entries);
  });

  test('keeps the prevalence and a kept case apart from the entries, whatever a column is called', () => {
    const entries = { '.prevalence': '1', age: '54' };
    const settings = { prevalence: '5', pinned: { age: '60', '.pinned': 'a&b=c', sex: 'female' } };
    expect(readFragment(writeFragment({ view: 'about', entries, settings }))).toEqual({
      view: 'about',
      entries,
      settings,
    });
    expect(readFragment('#.prevalence=5')).toEqual({ view: 'page', settings: { prevalence: '5' } });
    expect(readFragment('#age=54&.pinned=').settings).toEqual({ pinned: {} });
  });

  test('leaves out empty entries, except cleared ones', () => {
    const entries = { age: '', sex: '' };
    expect(writeFragment({ view: 'page', entries }, ['age'])).toBe('#age=');
  });
});
