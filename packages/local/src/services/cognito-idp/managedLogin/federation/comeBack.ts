import { AwsError } from '../../../../aws/error.ts';
import { federatedUser } from '../../federatedUser.ts';
import { readAuthorizationRequest } from '../authorizationRequest.ts';
import { completeLogin } from '../authorize.ts';
import type { ManagedLogin } from '../context.ts';
import { cookie, type LoginAnswer, type LoginRequest, single } from '../exchange.ts';
import { ClientRefusal, PageRefusal } from '../refusal.ts';
import { providerOf, STATE_COOKIE } from './begin.ts';
import { exchangeCode } from './standIn.ts';

/** `GET /oauth2/idpresponse`: the browser comes from the provider, with a code or with why there is none. */
export async function comeBack(login: ManagedLogin, request: LoginRequest): Promise<LoginAnswer> {
  const state = single(request.query, 'state') ?? '';
  // Each departure has one return, in the browser that set out.
  const departure = cookie(request, STATE_COOKIE) === state ? login.departures.take(state) : undefined;
  if (!departure) {
    throw new PageRefusal(
      'invalid_request',
      'This sign-in was begun elsewhere, is over, or took too long: begin again.',
    );
  }
  const asked = readAuthorizationRequest(login.cognito, new URLSearchParams(departure.query));
  const error = single(request.query, 'error');
  if (error !== undefined) throw new ClientRefusal(asked, error, single(request.query, 'error_description'));
  const claims = exchangeCode(login, single(request.query, 'code') ?? '', departure);
  const provider = providerOf(asked.pool.identityProviders ?? [], departure.provider);
  if (!claims || !provider) throw new ClientRefusal(asked, 'invalid_request', 'The code of the provider is not good.');
  const clientId = asked.client.clientId;
  try {
    const user = await federatedUser(login.cognito, { pool: asked.pool, clientId, provider }, claims);
    return completeLogin(login, request, { asked, user });
  } catch (error) {
    // Of a trigger that refuses, or a user who may not come in.
    if (error instanceof AwsError) throw new ClientRefusal(asked, 'invalid_request', error.message);
    throw error;
  }
}
