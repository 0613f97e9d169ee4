import { SynthError } from './synthError.ts';

/** Accounts elsewhere that members may sign in with, and what the stage is called there. None of it is secret. */
export type SocialProvider =
  | { readonly name: 'Google' | 'LINE'; readonly clientId: string }
  | {
      readonly name: 'SignInWithApple';
      readonly servicesId: string;
      readonly teamId: string;
      readonly keyId: string;
    };

type ProviderName = SocialProvider['name'];

const NAMES: readonly ProviderName[] = ['Google', 'LINE', 'SignInWithApple'];
const FORMS =
  'Google=CLIENT_ID, LINE=CHANNEL_ID and SignInWithApple=SERVICES_ID/TEAM_ID/KEY_ID, with commas between them';
const ID = /^[\w.:-]{1,255}$/;

/** From `Google=123.apps.googleusercontent.com,LINE=1650000000`. @throws SynthError for what is none of the forms, or half of one. */
export function readSocialSignIn(text: string | undefined): readonly SocialProvider[] {
  const entries = (text ?? '').split(',').filter((entry) => entry.trim() !== '');
  const providers = entries.map(readProvider);
  const names = providers.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new SynthError(`HIROBA_SIGN_IN_WITH names ${twice} twice`);
  return providers;
}

function readProvider(entry: string): SocialProvider {
  const [given = '', value = ''] = entry.trim().split('=');
  const name = NAMES.find((known) => known === given);
  if (!name) throw new SynthError(`HIROBA_SIGN_IN_WITH has "${given}": the forms are ${FORMS}`);
  const ids = value.split('/');
  const [first = '', teamId = '', keyId = ''] = ids;
  if (ids.length !== (name === 'SignInWithApple' ? 3 : 1) || !ids.every((id) => ID.test(id))) {
    throw new SynthError(`HIROBA_SIGN_IN_WITH has "${entry.trim()}": the forms are ${FORMS}`);
  }
  return name === 'SignInWithApple' ? { name, servicesId: first, teamId, keyId } : { name, clientId: first };
}
