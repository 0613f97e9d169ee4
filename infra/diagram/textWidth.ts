/**
 * Widths of characters in thousandths of the font size, generous enough for the sans-serif fonts that a browser may choose:
 * the layout reserves room before anyone renders.
 */
const NARROW = 300;
const DIGIT = 600;
const LOWER = 575;
const UPPER = 720;
const WIDE = 900;

export function textWidth(text: string, fontSize: number): number {
  const sum = [...text].reduce((total, character) => total + widthOf(character), 0);
  return Math.ceil((sum * fontSize) / 1000);
}

function widthOf(character: string): number {
  if (/[ijlItfr.,:;'|!()[\]/ ·-]/.test(character)) return NARROW;
  if (/[mwMW@%×]/.test(character)) return WIDE;
  if (/[0-9]/.test(character)) return DIGIT;
  if (/[A-Z_+&]/.test(character)) return UPPER;
  return character.codePointAt(0)! < 0x3000 ? LOWER : 1000;
}
