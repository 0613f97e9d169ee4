import { BadOption } from '../badOption.ts';

/** A flag's number. @throws BadOption */
export function numberOf(
  flag: string,
  text: string,
  { least, most, whole }: { least: number; most: number; whole: boolean },
): number {
  const number = Number(text);
  const fits =
    text.trim() !== '' &&
    Number.isFinite(number) &&
    number >= least &&
    number <= most &&
    (!whole || Number.isInteger(number));
  if (!fits)
    throw new BadOption(
      `${flag} must be ${whole ? 'a whole number' : 'a number'} from ${least} to ${most}, not "${text}".`,
    );
  return number;
}
