import type { DatabaseSync } from 'node:sqlite';
import type { Account } from '../../aws/account.ts';
import { AwsError } from '../../aws/error.ts';
import type { AwsService } from '../../aws/service.ts';
import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import type { Outbox } from '../outbox/index.ts';
import { ACCESS } from './access.ts';
import type { Operation } from './context.ts';
import { createDelivery } from './delivery.ts';
import { NO_EMAIL, type SesDefinition } from './model.ts';
import { getAccount } from './operations/account.ts';
import { sendBulkEmail } from './operations/sendBulkEmail.ts';
import { sendEmail } from './operations/sendEmail.ts';
import {
  deleteSuppressedDestination,
  getSuppressedDestination,
  listSuppressedDestinations,
  putSuppressedDestination,
} from './operations/suppression.ts';
import { getEmailTemplate, testRenderEmailTemplate } from './operations/templates.ts';
import { createRegistry } from './registry.ts';
import { createSendingRate } from './sendingRate.ts';
import { createSesStore } from './store.ts';

/** What an account may send. https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas.html */
export interface SendingLimits {
  /** Recipients a second, by the machine's clock: who sends too fast waits by that one, too. */
  readonly maxSendRate: number;
  /** Recipients in 24 hours of the local clock; -1: no limit. */
  readonly max24HourSend: number;
}

export const DEFAULT_SENDING_LIMITS: SendingLimits = { maxSendRate: 14, max24HourSend: 50_000 };

export interface SesOptions {
  readonly database: DatabaseSync;
  readonly account: Account;
  readonly clock: Clock;
  /** The machine's, for the sending rate. */
  readonly wallClock: Clock;
  readonly random: Random;
  readonly outbox: Outbox;
  readonly limits?: SendingLimits;
  /** Told of what was accepted and not delivered. */
  readonly onLog?: (line: string) => void;
}

export interface SesV2 extends AwsService {
  readonly name: 'ses';
  /** Takes what a newly read configuration declares. Throws `TemplateError`, and then changes nothing. */
  replace(definition: SesDefinition): void;
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  SendEmail: sendEmail,
  SendBulkEmail: sendBulkEmail,
  GetEmailTemplate: getEmailTemplate,
  TestRenderEmailTemplate: testRenderEmailTemplate,
  PutSuppressedDestination: putSuppressedDestination,
  GetSuppressedDestination: getSuppressedDestination,
  ListSuppressedDestinations: listSuppressedDestinations,
  DeleteSuppressedDestination: deleteSuppressedDestination,
  GetAccount: getAccount,
};

/** Email, version 2 of the API. What is sent arrives in the outbox. */
export function createSesV2(options: SesOptions): SesV2 {
  const { database, account, clock, random, outbox, limits = DEFAULT_SENDING_LIMITS } = options;
  const { max24HourSend } = limits;
  const store = createSesStore(database);
  const rate = createSendingRate(limits.maxSendRate, options.wallClock);
  const onLog = options.onLog ?? (() => undefined);
  const delivery = createDelivery({ database, store, outbox, clock, rate, max24HourSend, onLog });
  let registry = createRegistry(NO_EMAIL);
  return {
    name: 'ses',
    replace(definition) {
      registry = createRegistry(definition);
    },
    access: (operation, input) => known(ACCESS, operation)(input, { account, registry }),
    call: (operation, input) =>
      known(OPERATIONS, operation)(input, { account, clock, random, registry, store, delivery, rate, max24HourSend }),
  };
}

function known<T>(table: Readonly<Record<string, T>>, operation: string): T {
  const found = Object.hasOwn(table, operation) ? table[operation] : undefined;
  if (found !== undefined) return found;
  throw new AwsError('UnknownOperationException', `ses:${operation} is not emulated`, { statusCode: 404 });
}
