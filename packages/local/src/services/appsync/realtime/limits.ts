/** https://docs.aws.amazon.com/general/latest/gr/appsync.html and .../real-time-websocket-client.html */
export const MAX_SUBSCRIPTIONS_PER_CONNECTION = 200;
/** Larger payloads are silently not delivered. */
export const MAX_PAYLOAD_BYTES = 240 * 1024;
export const CONNECTION_TIMEOUT_MS = 300_000;
/** Clients raise an alarm after 65 seconds without a keep-alive. */
export const KEEP_ALIVE_MS = 60_000;
export const MAX_CONNECTION_MS = 24 * 60 * 60 * 1000;
