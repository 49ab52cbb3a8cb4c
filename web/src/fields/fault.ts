/** Why the text of a field is not a value. */
export type Fault =
  | 'empty'
  | 'not-a-number'
  | 'not-whole'
  | 'too-small'
  | 'too-large'
  | 'not-listed'
  | 'stands-for-unknown'
  | 'not-a-category'
  | 'not-a-date'
  | 'not-a-time'
  | 'too-early'
  | 'too-late';
