import { expect, test } from 'vitest';
import { readSocialSignIn } from './socialSignIn.ts';

test('no provider is the default', () => {
  expect([readSocialSignIn(undefined), readSocialSignIn('')]).toEqual([[], []]);
});

test('providers are read in their order', () => {
  expect(readSocialSignIn('LINE=1650000000, Google=1.apps.example,SignInWithApple=org.example/TEAM/KEY')).toEqual([
    { name: 'LINE', clientId: '1650000000' },
    { name: 'Google', clientId: '1.apps.example' },
    { name: 'SignInWithApple', servicesId: 'org.example', teamId: 'TEAM', keyId: 'KEY' },
  ]);
});

test.each([
  ['Facebook=1', 'HIROBA_SIGN_IN_WITH has "Facebook": the forms are'],
  ['Google', 'HIROBA_SIGN_IN_WITH has "Google": the forms are'],
  ['Google=', 'HIROBA_SIGN_IN_WITH has "Google=": the forms are'],
  ['SignInWithApple=org.example/TEAM', 'HIROBA_SIGN_IN_WITH has "SignInWithApple=org.example/TEAM": the forms are'],
  ['Google=a/b', 'HIROBA_SIGN_IN_WITH has "Google=a/b": the forms are'],
  ['Google=a b', 'HIROBA_SIGN_IN_WITH has "Google=a b": the forms are'],
  ['LINE=1,LINE=2', 'HIROBA_SIGN_IN_WITH names LINE twice'],
])('%s is refused in one line', (text, message) => {
  expect(() => readSocialSignIn(text)).toThrow(message);
});
