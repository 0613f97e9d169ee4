import { CloudwatchDashboard, CloudwatchQueryDefinition } from '../aws.ts';
import type { Dashboard } from '../observability/dashboards.ts';
import type { SavedQuery } from '../observability/queries.ts';
import { dashboardBody } from '../observability/widgets.ts';
import type { Stack } from '../stacks/stack.ts';

export function dashboard(stack: Stack, { concern, ...props }: Dashboard): void {
  new CloudwatchDashboard(stack.group('dashboards'), concern, {
    dashboardName: stack.named(concern),
    dashboardBody: dashboardBody(props),
  });
}

/** Listed in a folder of the stage's name. */
export function savedQuery(stack: Stack, { id, logGroupNames, text }: SavedQuery): void {
  new CloudwatchQueryDefinition(stack.group('saved queries'), id.replaceAll('-', '_'), {
    name: `${stack.config.namePrefix}/${id}`,
    logGroupNames: [...logGroupNames],
    queryString: text,
  });
}
