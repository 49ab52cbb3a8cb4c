import * as v from 'valibot';

/** Names of columns that `v.record` leaves out. */
const leftOut = ['constructor', 'prototype'];

/** An object with a value for each name, whatever the names are. */
export function byName<V extends v.GenericSchema>(value: V) {
  const record = v.record(v.string(), value);
  const schema: typeof record = {
    ...record,
    '~run'(dataset, config) {
      const given = dataset.value;
      const read = record['~run'](dataset, config);
      if (!read.typed || typeof given !== 'object' || given === null) return read;
      for (const name of leftOut) {
        if (!Object.hasOwn(given, name)) continue;
        const member = value['~run']({ value: given[name as keyof typeof given] }, config);
        if (member.issues) return { typed: false, value: read.value, issues: member.issues };
        Object.assign(read.value, { [name]: member.value });
      }
      return read;
    },
  };
  return schema;
}
