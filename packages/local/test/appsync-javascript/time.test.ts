import { describe, expect, it } from 'vitest';

import { failureOf, NOW, valueOf } from './support.ts';

function format(pattern: string, zone?: string, at = NOW): unknown {
  return valueOf('util.time.epochMilliSecondsToFormatted(...ctx.args.list)', {
    args: { list: zone === undefined ? [at, pattern] : [at, pattern, zone] },
  });
}

function parse(...list: readonly string[]): unknown {
  return valueOf('util.time.parseFormattedToEpochMilliSeconds(...ctx.args.list)', { args: { list } });
}

describe('util.time', () => {
  it('tells the time of the injected clock', () => {
    expect(valueOf('[util.time.nowISO8601(), util.time.nowEpochSeconds(), util.time.nowEpochMilliSeconds()]')).toEqual([
      '2018-02-06T19:01:35.758Z',
      1_517_943_695,
      1_517_943_695_758,
    ]);
    expect(valueOf("util.time.nowFormatted('yyyy-MM-dd HH:mm:ssZ', 'Australia/Perth')")).toBe(
      '2018-02-07 03:01:35+0800',
    );
  });

  it.each([
    ['yyyy-MM-dd[XXX]', '-07:00:30', '2018-02-06-07:00'],
    ["yyyy-MM-dd'T'HH:mm:ss[XXXXX]", '-07:00:30', '2018-02-06T12:01:05-07:00:30'],
    ['yy y yyyyy u', undefined, '18 2018 02018 2018'],
    ['d dd M MM MMM MMMM MMMMM', undefined, '6 06 2 02 Feb February F'],
    ['E EEEE EEEEE e ee', undefined, 'Tue Tuesday T 3 03'],
    ['H HH h hh K k a', undefined, '19 19 7 07 7 19 PM'],
    ['m s S SS SSSSSS n A', undefined, '1 35 7 75 758000 758000000 68495758'],
    ['D DDD Q QQ QQQ QQQQ w W', undefined, '37 037 1 01 Q1 1st quarter 6 2'],
    ['X XX XXX x xx xxx Z ZZZZ ZZZZZ', undefined, 'Z Z Z +00 +0000 +00:00 +0000 GMT Z'],
    ['X XX XXX x Z O OOOO ZZZZ', '+05:30', '+0530 +0530 +05:30 +0530 +0530 GMT+5:30 GMT+05:30 GMT+05:30'],
    ['VV z zzzz', 'America/New_York', 'America/New_York EST Eastern Standard Time'],
    ['VV X', 'UTC+9', 'UTC+9 +09'],
    ["yyyy''MM 'o''clock' G GGGG", undefined, "2018'02 o'clock AD Anno Domini"],
    ['pppH|ppd', undefined, ' 19| 6'],
    ['[yyyy[-MM]]', undefined, '2018-02'],
  ])('formats %s in %s', (pattern, zone, expected) => {
    expect(format(pattern, zone)).toBe(expected);
  });

  it('knows the week-based year of the guide’s example', () => {
    expect(format('YYYY-MM-dd', undefined, Date.UTC(2018, 11, 31))).toBe('2019-12-31');
  });

  it('follows daylight saving time', () => {
    expect(format('HH:mm XXX z', 'Europe/Paris', Date.UTC(2020, 6, 1))).toBe('02:00 +02:00 GMT+2');
    expect(format('HH:mm XXX', 'Europe/Paris', Date.UTC(2020, 0, 1))).toBe('01:00 +01:00');
  });

  it.each([
    [['20180202 011922', 'yyyyMMdd HHmmss', '+08:00'], 1_517_505_562_000],
    [['2 February 2018 1:19 AM', 'd MMMM yyyy h:mm a', '+08:00'], 1_517_505_540_000],
    [['Fri, 02 Feb 2018 01:19:22 +0800', 'EEE, dd MMM yyyy HH:mm:ss Z'], 1_517_505_562_000],
    [['2018-02-02T01:19:22.5+08:00', "yyyy-MM-dd'T'HH:mm:ss[.S]XXX"], 1_517_505_562_500],
    [['2018-02-02T01:19:22+08:00', "yyyy-MM-dd'T'HH:mm:ss[.S]XXX"], 1_517_505_562_000],
    [['2018-033 17', 'yyyy-DDD HH', 'Z'], Date.UTC(2018, 1, 2, 17)],
    [['2020-03-29 02:30', 'yyyy-MM-dd HH:mm', 'Europe/Paris'], Date.UTC(2020, 2, 29, 1, 30)],
    [['2020-10-25 02:30', 'yyyy-MM-dd HH:mm', 'Europe/Paris'], Date.UTC(2020, 9, 25, 0, 30)],
    [['2020-07-01 12:00 Asia/Tokyo', 'yyyy-MM-dd HH:mm VV'], Date.UTC(2020, 6, 1, 3)],
  ])('reads %j', (list, expected) => {
    expect(parse(...list)).toBe(expected);
  });

  it('reads ISO 8601 with an offset', () => {
    expect(
      valueOf(`['2018-02-01T17:21:05.180+08:00', '2018-02-01T09:21Z', '2018-02-01T09:21:05.123456789Z']
.map((text) => util.time.parseISO8601ToEpochMilliSeconds(text))`),
    ).toEqual([1_517_476_865_180, 1_517_476_860_000, 1_517_476_865_123]);
  });

  it.each([
    ["util.time.parseISO8601ToEpochMilliSeconds('2018-02-01T17:21:05')", 'could not be parsed'],
    ["util.time.parseISO8601ToEpochMilliSeconds('2018-02-30T17:21:05Z')", 'Invalid value'],
    ["util.time.parseFormattedToEpochMilliSeconds('2018-02-02', 'yyyy-MM-dd', 'Z')", 'Unable to obtain ZonedDateTime'],
    ["util.time.parseFormattedToEpochMilliSeconds('2018-02-02 01', 'yyyy-MM-dd HH')", 'Unable to obtain ZonedDateTime'],
    ["util.time.parseFormattedToEpochMilliSeconds('2018/02', 'yyyy-MM')", 'could not be parsed at index 4'],
    ["util.time.parseFormattedToEpochMilliSeconds('2018x', 'yyyy')", 'unparsed text found at index 4'],
    ["util.time.nowFormatted('b')", 'Unknown pattern letter: b'],
    ['util.time.nowFormatted("\'x")', 'incomplete string literal'],
    ["util.time.nowFormatted('yyyy]')", '] without previous ['],
    ["util.time.nowFormatted('yyyy', 'Mars/Base')", 'Unknown time-zone ID: Mars/Base'],
    ["util.time.nowFormatted('yyyy', '+19:00')", 'Invalid ID for offset-based ZoneId: +19:00'],
    ["util.time.nowFormatted('yyyy', '../etc')", 'Invalid ID for region-based ZoneId: ../etc'],
    ["util.time.epochMilliSecondsToISO8601('x')", 'must be a number of milliseconds'],
  ])('refuses %s', (expression, message) => {
    expect(failureOf(expression)).toContain(message);
  });
});
