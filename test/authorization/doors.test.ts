import { describe, expect, it } from 'vitest';
import { isLocal } from '../support/aws.ts';
import { declaredPlaces } from './reach/declared.ts';
import { doors, tryDoor } from './reach/doors.ts';

const kindAndName = (place: string): string => place.split(' ').slice(0, 2).join(' ');

it('the table has every bucket, and what anybody gets of it', () => {
  const buckets = declaredPlaces().filter((place) => place.startsWith('bucket '));
  const asked = doors.filter(({ who }) => who === 'anybody').map(({ at }) => kindAndName(at));
  expect(asked.sort()).toEqual([...buckets].sort());
});

// On AWS what arrives in a bucket is not handled when `settled` resolves.
describe.runIf(isLocal)('the door', () => {
  it.each(doors)('$at gives $who $gets', async (door) => {
    expect(await tryDoor(door)).toBe(door.gets);
  });
});
