import { Amplify } from 'aws-amplify';
import { fetchAuthSession, getCurrentUser, signOut as leave } from 'aws-amplify/auth';
import { Hub } from 'aws-amplify/utils';
import { viewer } from '@hiroba/api/amplify';
import type { ViewerQuery } from '@hiroba/api/operations';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { client } from '../api/api';
import { type Configuration, fetchConfiguration } from '../configuration/configuration';

type Viewer = NonNullable<ViewerQuery['viewer']>;

/** Who is here. `starting`: that is not known yet. */
export type Session =
  | { readonly state: 'starting' }
  | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'visitor'; readonly configuration: Configuration }
  | {
      readonly state: 'member';
      readonly configuration: Configuration;
      readonly viewer: Viewer;
      readonly moderates: boolean;
    };

interface SessionContext {
  readonly session: Session;
  /** Asks again who is here, as after signing in or choosing a handle. */
  readonly refresh: () => Promise<void>;
  readonly signOut: () => Promise<void>;
}

const Context = createContext<SessionContext | null>(null);
let configured: Promise<Configuration> | undefined;

/** Configures aws-amplify once a page. */
async function configure(): Promise<Configuration> {
  const configuration = await fetchConfiguration();
  Amplify.configure(configuration.amplify);
  return configuration;
}

async function whoIsHere(): Promise<Session> {
  try {
    const configuration = await (configured ??= configure());
    const isMember = await getCurrentUser().then(
      () => true,
      () => false,
    );
    if (!isMember) return { state: 'visitor', configuration };
    const [{ data }, { tokens }] = await Promise.all([client.graphql({ query: viewer }), fetchAuthSession()]);
    if (!data.viewer) return { state: 'visitor', configuration };
    const groups = tokens?.accessToken.payload['cognito:groups'];
    const moderates = Array.isArray(groups) && groups.includes('moderators');
    return { state: 'member', configuration, viewer: data.viewer, moderates };
  } catch (error) {
    configured = undefined;
    return { state: 'failed', error };
  }
}

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [session, setSession] = useState<Session>({ state: 'starting' });
  const refresh = useCallback(async () => setSession(await whoIsHere()), []);
  useEffect(() => {
    void refresh();
    return Hub.listen('auth', ({ payload }) => {
      if (payload.event === 'tokenRefresh_failure' || payload.event === 'signedOut') void refresh();
    });
  }, [refresh]);
  const context = useMemo<SessionContext>(
    () => ({
      session,
      refresh,
      async signOut() {
        await leave();
        await refresh();
      },
    }),
    [session, refresh],
  );
  return <Context value={context}>{children}</Context>;
}

export function useSession(): SessionContext {
  const context = useContext(Context);
  if (!context) throw new Error('there is no SessionProvider above');
  return context;
}
