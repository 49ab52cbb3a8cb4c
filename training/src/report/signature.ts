import { sha256 } from '@hearth/artifact';

const signature = /<!-- hearth train ([0-9a-f]{64}) -->\n$/;

/** Appends the hash of the report: the next training may replace a report that was not changed. */
export const signReport = (html: string): string => `${html}<!-- hearth train ${sha256(html)} -->\n`;

/** The report without its signature. */
export const unsigned = (content: string): string => content.replace(signature, '');

/** Who wrote an existing file at the path of the report. A report from before signatures existed counts as changed. */
export function authorOf(content: string): 'train' | 'changed' | 'another' {
  const signed = signature.exec(content);
  if (signed && sha256(content.slice(0, signed.index)) === signed[1]) return 'train';
  return /^<!doctype html><html lang="en"><head>.{0,400}: training report<\/title>/s.test(content)
    ? 'changed'
    : 'another';
}
