/** What keeps a field from being a value. */
export type Fault =
  | 'empty'
  | 'not-a-number'
  | 'not-whole'
  | 'too-small'
  | 'too-large'
  | 'not-listed'
  | 'stands-for-unknown'
  | 'not-a-category';
