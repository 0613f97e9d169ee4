import { BudgetsBudget, type SnsTopic } from '../aws.ts';
import { rungs } from '../rungs.ts';
import type { Stack } from '../stacks/stack.ts';

/**
 * Says when the account spends more than the rung should cost at its largest: a loop, an attack, or the time to climb. It
 * counts the whole account, since AWS counts by tag only after someone activates the tag by hand; budgets are free.
 */
export function budget(stack: Stack, topic: SnsTopic): void {
  const { monthlyPrice } = rungs[stack.config.rung];
  new BudgetsBudget(stack, 'spending', {
    name: stack.named('spending'),
    budgetType: 'COST',
    limitAmount: monthlyPrice.literal.toFixed(1),
    limitUnit: 'USD',
    timeUnit: 'MONTHLY',
    notification: [notice('ACTUAL', 50, topic), notice('FORECASTED', 100, topic), notice('ACTUAL', 100, topic)],
  });
}

function notice(notificationType: 'ACTUAL' | 'FORECASTED', threshold: number, topic: SnsTopic) {
  return {
    notificationType,
    threshold,
    thresholdType: 'PERCENTAGE',
    comparisonOperator: 'GREATER_THAN',
    subscriberSnsTopicArns: [topic.arn],
  };
}
