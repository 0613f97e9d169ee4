import type { Operation } from '../context.ts';

/** An account that may send to anybody. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetAccount.html */
export const getAccount: Operation = (_input, { registry, delivery, rate, max24HourSend }) => ({
  EnforcementStatus: 'HEALTHY',
  ProductionAccessEnabled: true,
  SendingEnabled: true,
  SendQuota: {
    Max24HourSend: max24HourSend,
    MaxSendRate: rate.perSecond,
    SentLast24Hours: delivery.sentLast24Hours(),
  },
  SuppressionAttributes: { SuppressedReasons: [...registry.suppressedReasons] },
});
