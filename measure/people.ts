import { people as authors, type Person } from '../seed/people.ts';

const READERS = 26;

/** Names of one length: whichever of them is on a page, it has as many bytes. */
export const readers: readonly Person[] = Array.from({ length: READERS }, (_, index) => {
  const number = String(index + 1).padStart(2, '0');
  return {
    key: `reader${number}`,
    handle: `reader${number}`,
    displayName: `Reader ${number}`,
    bio: '',
    language: 'EN',
  };
});

/** The one whose pages are looked at: followed by everyone, with a page of posts, a post with a page of everything. */
export const star: Person = named('basho');
/** The one who looks: follows as many as a feed usually merges, and has a page of notifications. */
export const viewer: Person = named('dickinson');
/** The seed makes this one a moderator. */
export const moderator: Person = named('carroll');

export const people: readonly Person[] = [...authors, ...readers];
export const others: readonly Person[] = people.filter((person) => person !== star && person !== viewer);

function named(key: string): Person {
  const person = authors.find((each) => each.key === key);
  if (!person) throw new Error(`the seed has nobody named ${key}`);
  return person;
}
