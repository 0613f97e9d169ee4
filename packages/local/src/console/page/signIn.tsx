import { useState } from 'react';
import type { Configuration, ConsoleSetup } from './setup.ts';

export interface Session {
  readonly username: string;
  readonly accessToken: string;
}

/** A choice of the seeded users; choosing one signs in at Cognito with the password they share. */
export function SignIn(props: {
  readonly configuration: Configuration;
  readonly setup: ConsoleSetup;
  readonly session: Session | null;
  readonly onSession: (session: Session | null) => void;
}) {
  const { configuration, setup, session, onSession } = props;
  const [problem, setProblem] = useState<string | null>(null);
  const { signIn } = setup;
  if (!signIn || configuration.userPoolClientId === null) return null;
  const choose = (username: string): void => {
    setProblem(null);
    if (username === '') return onSession(null);
    passwordSignIn(configuration, username, signIn.password).then(onSession, (error: Error) =>
      setProblem(error.message),
    );
  };
  return (
    <label className="sign-in">
      <span>Signed in as</span>
      <select value={session?.username ?? ''} onChange={(event) => choose(event.target.value)}>
        <option value="">nobody (API key)</option>
        {signIn.users.map(({ username, label }) => (
          <option key={username} value={username}>
            {label}
          </option>
        ))}
      </select>
      {problem === null ? null : <span role="alert">{problem}</span>}
    </label>
  );
}

async function passwordSignIn(configuration: Configuration, username: string, password: string): Promise<Session> {
  const response = await fetch(configuration.awsEndpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    },
    body: JSON.stringify({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: configuration.userPoolClientId,
      AuthParameters: { USERNAME: username, PASSWORD: password },
    }),
  });
  const answer = (await response.json()) as { message?: string; AuthenticationResult?: { AccessToken: string } };
  if (!answer.AuthenticationResult) throw new Error(answer.message ?? `Sign-in failed with HTTP ${response.status}`);
  return { username, accessToken: answer.AuthenticationResult.AccessToken };
}
