import { describe, expect, it } from 'vitest';
import { parseExpression } from '../../src/services/scheduler/index.ts';

/** The first runs behind a time. */
function runs(expression: string, { after = '2027-01-01T00:00:00Z', zone = 'UTC', count = 3 } = {}): string[] {
  const timetable = parseExpression(expression, zone);
  const found: string[] = [];
  for (let time: number | null = Date.parse(after); found.length < count;) {
    time = timetable.next(time, Date.parse(after));
    if (time === null) break;
    found.push(new Date(time).toISOString().replace(':00.000Z', 'Z'));
  }
  return found;
}

describe('cron', () => {
  it.each([
    ['cron(15 10 * * ? *)', ['2027-01-01T10:15Z', '2027-01-02T10:15Z', '2027-01-03T10:15Z']],
    ['cron(0/20 8 * * ? *)', ['2027-01-01T08:00Z', '2027-01-01T08:20Z', '2027-01-01T08:40Z']],
    ['cron(5-30/10 8,20 1 * ? *)', ['2027-01-01T08:05Z', '2027-01-01T08:15Z', '2027-01-01T08:25Z']],
    ['cron(0 18 ? * MON-FRI *)', ['2027-01-01T18:00Z', '2027-01-04T18:00Z', '2027-01-05T18:00Z']],
    ['cron(0 8 1 JAN,jul ? *)', ['2027-01-01T08:00Z', '2027-07-01T08:00Z', '2028-01-01T08:00Z']],
    ['cron(0 9 1 1 ? 2028/2)', ['2028-01-01T09:00Z', '2030-01-01T09:00Z', '2032-01-01T09:00Z']],
    ['cron(0 9 29 2 ? *)', ['2028-02-29T09:00Z', '2032-02-29T09:00Z', '2036-02-29T09:00Z']],
  ])('%s runs at %j', (expression, expected) => {
    expect(runs(expression)).toEqual(expected);
  });

  it('counts the days of the week from 1 for Sunday', () => {
    expect(runs('cron(0 0 ? * 1 *)', { count: 1 })).toEqual(['2027-01-03T00:00Z']);
    expect(runs('cron(0 0 ? * 7 *)', { count: 1 })).toEqual(['2027-01-02T00:00Z']);
  });

  it.each([
    ['L in the day of the month is the last one', 'cron(0 0 L * ? *)', ['2027-01-31T00:00Z', '2027-02-28T00:00Z']],
    ['LW is the last weekday of the month', 'cron(0 0 LW * ? *)', ['2027-01-29T00:00Z', '2027-02-26T00:00Z']],
    ['15W is the weekday nearest to the 15th', 'cron(0 0 15W 5,8 ? *)', ['2027-05-14T00:00Z', '2027-08-16T00:00Z']],
    ['1W stays within its month', 'cron(0 0 1W 5 ? *)', ['2027-05-03T00:00Z', '2028-05-01T00:00Z']],
    ['6L is the last Friday of the month', 'cron(0 0 ? * 6L *)', ['2027-01-29T00:00Z', '2027-02-26T00:00Z']],
    ['FRIL is the same', 'cron(0 0 ? * FRIL *)', ['2027-01-29T00:00Z', '2027-02-26T00:00Z']],
    ['L in the day of the week is Saturday', 'cron(0 0 ? * L *)', ['2027-01-02T00:00Z', '2027-01-09T00:00Z']],
    ['3#2 is the second Tuesday of the month', 'cron(0 0 ? * 3#2 *)', ['2027-01-12T00:00Z', '2027-02-09T00:00Z']],
    ['SUN#5 leaves out months without a fifth', 'cron(0 0 ? * SUN#5 *)', ['2027-01-31T00:00Z', '2027-05-30T00:00Z']],
  ])('%s: %s', (_title, expression, expected) => {
    expect(runs(expression, { count: 2 })).toEqual(expected);
  });

  it('ends with the last of its years', () => {
    expect(runs('cron(0 0 1 12 ? 2027-2028)')).toEqual(['2027-12-01T00:00Z', '2028-12-01T00:00Z']);
    expect(runs('cron(0 0 30 2 ? *)')).toEqual([]);
  });

  it('means the time of the zone', () => {
    expect(runs('cron(0 9 * * ? *)', { zone: 'Asia/Tokyo', count: 1 })).toEqual(['2027-01-02T00:00Z']);
    expect(runs('cron(0 9 * * ? *)', { zone: 'Asia/Kolkata', count: 1 })).toEqual(['2027-01-01T03:30Z']);
  });
});

describe('daylight saving', () => {
  it('skips a local time that does not exist', () => {
    expect(runs('cron(30 2 * * ? *)', { zone: 'Europe/Berlin', after: '2027-03-26T12:00:00Z' })).toEqual([
      '2027-03-27T01:30Z',
      '2027-03-29T00:30Z',
      '2027-03-30T00:30Z',
    ]);
  });

  it('runs once at a local time that comes twice, the first time', () => {
    expect(runs('cron(30 2 * * ? *)', { zone: 'Europe/Berlin', after: '2027-10-30T12:00:00Z' })).toEqual([
      '2027-10-31T00:30Z',
      '2027-11-01T01:30Z',
      '2027-11-02T01:30Z',
    ]);
  });

  it('lets what runs each half hour pause for the repeated hour', () => {
    expect(runs('cron(0/30 * * * ? *)', { zone: 'Europe/Berlin', after: '2027-10-31T00:00:00Z' })).toEqual([
      '2027-10-31T00:30Z',
      '2027-10-31T02:00Z',
      '2027-10-31T02:30Z',
    ]);
  });

  it('is no matter in the repeated hour itself', () => {
    expect(runs('cron(0/30 * * * ? *)', { zone: 'Europe/Berlin', after: '2027-10-31T01:15:00Z', count: 1 })).toEqual([
      '2027-10-31T02:00Z',
    ]);
  });

  it('does not move a rate of days, which counts 24 hours', () => {
    expect(runs('rate(1 day)', { zone: 'Europe/Berlin', after: '2027-03-27T12:00:00Z', count: 2 })).toEqual([
      '2027-03-28T12:00Z',
      '2027-03-29T12:00Z',
    ]);
  });
});

describe('rate', () => {
  it.each([
    ['rate(1 minute)', '2027-01-01T00:01Z'],
    ['rate(5 minutes)', '2027-01-01T00:05Z'],
    ['rate(1 hours)', '2027-01-01T01:00Z'],
    ['rate(2 days)', '2027-01-03T00:00Z'],
  ])('%s', (expression, first) => {
    expect(runs(expression, { count: 1 })).toEqual([first]);
  });

  it('keeps the beat of its beginning', () => {
    const base = Date.parse('2027-01-01T00:00:10Z');
    const { next } = parseExpression('rate(10 minutes)', 'UTC');
    expect(next(base - 1, base)).toBe(base);
    expect(next(base + 25 * 60_000, base)).toBe(Date.parse('2027-01-01T00:30:10Z'));
    expect(next(base + 30 * 60_000, base)).toBe(Date.parse('2027-01-01T00:40:10Z'));
  });
});

describe('at', () => {
  it('runs once, at the time of the zone', () => {
    expect(runs('at(2027-06-01T12:30:00)', { zone: 'Europe/Berlin' })).toEqual(['2027-06-01T10:30Z']);
  });

  it('never runs at a time that does not exist', () => {
    expect(runs('at(2027-03-28T02:30:00)', { zone: 'Europe/Berlin' })).toEqual([]);
  });
});

describe('an expression that AWS refuses', () => {
  it.each([
    'cron(0 1 * * * *)',
    'cron(0 1 ? * ? *)',
    'cron(0 1 1 * MON *)',
    'cron(7 20 * * NOT *)',
    'cron(INVALID)',
    'cron(0 dummy ? * MON-FRI *)',
    'cron(71 8 1 * ? *)',
    'cron()',
    'cron(0 10 * * ?)',
    'cron(0 10 ? * 0 *)',
    'cron(0 10 ? * 3#6 *)',
    'cron(0 10 ? * 3#1,6#3 *)',
    'cron(0 10 ? * MON/2 *)',
    'cron(0 10 32W * ? *)',
    'cron(0 10 1 JANFEB ? *)',
    'cron(0 20-8 * * ? *)',
    'cron(0/0 8 * * ? *)',
    'cron(0 10 * * ? 1969)',
    'cron(? 10 * * ? *)',
    'rate(10 seconds)',
    'rate(10 years)',
    'rate()',
    'rate(10)',
    'rate(0 minutes)',
    'rate(10 minutess)',
    'rate(foo minutes)',
    'rate(-10 minutes)',
    'rate( 10 minutes )',
    ' rate(10 minutes)',
    'at(2021-12-31T23:59:59Z)',
    'at(2026-09-08T03:54:26.439)',
    'at(2021-12-31)',
    'at(2027-02-30T00:00:00)',
    'every(5 minutes)',
    `cron(${'0,'.repeat(150)}0 10 * * ? *)`,
  ])('%s', (expression) => {
    expect(() => parseExpression(expression, 'UTC')).toThrow(
      expect.objectContaining({ code: 'ValidationException', message: `Invalid Schedule Expression ${expression}.` }),
    );
  });

  it.each(['Mars/Olympus', '+09:00', ''])('a time zone %j', (zone) => {
    expect(() => parseExpression('rate(1 hour)', zone)).toThrow(`Invalid ScheduleExpressionTimezone ${zone}.`);
  });
});
