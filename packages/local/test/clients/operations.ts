export const RECORD = 'mutation Record($c: Float!) { record(sensor: "north", celsius: $c) { sensor at celsius } }';
export const READINGS = 'query Readings { readings(sensor: "north", limit: 1) { sensor celsius } }';
export const RECORDED = 'subscription Recorded { recorded(sensor: "north") { sensor celsius } }';
