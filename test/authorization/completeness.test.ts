import { expect, it } from 'vitest';
import { resolvers } from '../../infra/resolvers.ts';
import { newMember } from '../support/member.ts';
import { declaredTypes, fieldsOf } from './declared.ts';
import { readMatrix, readTable } from './readTable.ts';
import { askable } from './requests/index.ts';

const rows = readMatrix();
const named = new Set(rows.map(({ field }) => field));

const types = await declaredTypes(await newMember());
const ROOTS = ['Query', 'Mutation', 'Subscription'];

it('has a row for every root field', () => {
  const roots = types.filter(({ name }) => ROOTS.includes(name));
  const declared = roots.flatMap(fieldsOf);
  expect(declared.length).toBeGreaterThan(40);
  expect(declared.filter((field) => !named.has(field))).toEqual([]);
});

it('has a row for every field that is resolved on its own, and so may depend on who asks', () => {
  expect(Object.keys(resolvers).filter((field) => !named.has(field))).toEqual([]);
});

/** Types that the row of a field stands for which answers nothing else, and those that have no row for the reason given. */
const stands: Readonly<Record<string, string>> = {
  Page: 'Query.page',
  ServiceStatus: 'Query.serviceStatus',
  Settings: 'Viewer.settings',
  MediaAccess: 'Viewer.mediaAccess',
  PostEngagement: 'Mutation.publishPostEngagement',
  SystemNotification: 'Mutation.publishNotification',
};
/** Everybody gets it: test/later/announcement.test.ts sends one. The account is then gone: test/later/accountDeletion.test.ts. */
const elsewhere = ['Announcement', 'AccountDeletion'];

it('has a row for every type, or for a field of it; a mutation stands for its payload, a connection for its edges', () => {
  const standing = Object.keys(stands).filter((type) => named.has(stands[type] ?? ''));
  const covered = new Set([...[...named].map((field) => field.replace(/\..*/, '')), ...standing, ...elsewhere]);
  const left = types.map(({ name }) => name).filter((name) => !/Payload$|Edge$/.test(name) && !ROOTS.includes(name));
  expect(left.filter((name) => !covered.has(name))).toEqual([]);
});

it('asks nothing that no table answers, and nothing twice', () => {
  const standing = readTable('standing.md', ['field', 'of', 'suspended', 'deleted']).map(({ values }) => values);
  const listed = [...rows.map(({ field, of }) => [field, of]), ...standing.filter(([, of]) => of === 'a good text')];
  expect(listed.map(([field, of]) => `${field} of ${of}`).sort()).toEqual([...askable].sort());
});
