/**
 * Hosts that incidents of the kind `generic` may be sent to, such as `chat.example.org`. PagerDuty, Slack and LINE need no
 * row. Whoever can write the parameter of the channel can send to these and to no other host. A host that is added here
 * needs its row in `dependencies.yml`.
 */
export const genericIncidentHosts: readonly string[] = [];
