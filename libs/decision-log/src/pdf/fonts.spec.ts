import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { charactersOf } from './font-coverage.js';
import { Fonts } from './fonts.js';

const fontFile = (file: string): Buffer => readFileSync(fileURLToPath(new URL(`../../fonts/${file}`, import.meta.url)));

let read: string[];
let fonts: Fonts;

beforeEach(() => {
  read = [];
  fonts = new Fonts((file) => {
    read.push(file);
    return fontFile(file);
  });
});

const draws = (text: string): boolean[] =>
  Array.from(new Intl.Segmenter('en').segment(text), ({ segment }) => fonts.has(segment));

describe('the fonts of a document', () => {
  it('are those of every document where a text needs no others', () => {
    draws('Zażółć gęślą jaźń, Llŷn, Ẹ̀kọ́, được, рішення, απόφαση, שלום, Հայ, ✓ ≥ ½ ⅓ ① → € ₹ ₺ ₦ · …');
    expect(fonts.families).toEqual(['Liberation Sans', 'DejaVu Sans']);
    expect(read).toEqual(expect.not.arrayContaining([expect.stringContaining('Noto')]));
  });

  it.each([
    ['Arabic, Urdu, Pashto, Sorani', 'مجلسِ صحت نے ٹیکے ہیں گے، ړ ښ ې ڼ، ڕۆژ ێ', 'Noto Naskh Arabic'],
    ['Bengali', 'স্বাস্থ্য র\u200d্যাব ৳ ।', 'Noto Sans Bengali'],
    ['Devanagari', 'क्षेत्रीय क्\u200dष ।', 'Noto Sans Devanagari'],
    ['Gujarati', 'આરોગ્ય', 'Noto Sans Gujarati'],
    ['Gurmukhi', 'ਪੰਜਾਬੀ ਫ਼ੈਸਲਾ', 'Noto Sans Gurmukhi'],
    ['Tamil', 'ஸ்ரீ', 'Noto Sans Tamil'],
    ['Telugu', 'నిర్ణయం', 'Noto Sans Telugu'],
    ['Kannada', 'ಆರೋಗ್ಯ', 'Noto Sans Kannada'],
    ['Malayalam', 'ആരോഗ്യ', 'Noto Sans Malayalam'],
    ['Odia', 'ସ୍ୱାସ୍ଥ୍ୟ', 'Noto Sans Oriya'],
    ['Sinhala', 'ශ්\u200dරී', 'Noto Sans Sinhala'],
    ['Thai', 'ที่ประชุม', 'Noto Sans Thai'],
    ['Lao', 'ຄະນະກຳມະການ', 'Noto Sans Lao'],
    ['Khmer', 'គណៈកម្មាធិការ', 'Noto Sans Khmer'],
    ['Burmese', 'ကျန်းမာရေး', 'Noto Sans Myanmar'],
    ['Amharic, Tigrinya', 'የጤና ኮሚቴ ትግርኛ', 'Noto Sans Ethiopic'],
    ['Syriac', 'ܣܘܪܝܝܐ', 'Noto Sans Syriac'],
    ['Korean', '보건위원회', 'Noto Sans KR'],
    ['Chinese, Japanese', '北京（二〇二五），並於、「ひらがな」カタカナ１２㎡', 'Noto Sans SC'],
    ['emoji', '\u{1f469}\u200d\u2695\ufe0f \u{1f44d}\u{1f3fd} \u{1f1f5}\u{1f1f1} 1\ufe0f\u20e3 ✅', 'Noto Emoji'],
  ])('draw %s by one more family, each cluster whole', (_, text, family) => {
    expect(draws(text)).not.toContain(false);
    expect(fonts.families).toEqual(['Liberation Sans', family, 'DejaVu Sans']);
  });

  it('draw what is written in Hong Kong only by a second Chinese family', () => {
    expect(draws('唔該晒𠹌')).not.toContain(false);
    expect(fonts.families).toEqual(['Liberation Sans', 'Noto Sans SC', 'Noto Sans HK', 'DejaVu Sans']);
  });

  it('do not draw what none of them has, nor a letter of one with a mark of another', () => {
    expect(draws('Ꭳ\u{10000}')).toEqual([false, false]);
    expect(fonts.has('北\u09cd')).toBe(false);
    expect(fonts.families).toEqual(['Liberation Sans', 'DejaVu Sans']);
  });

  it('have in bold whatever they have in the regular weight', () => {
    draws('م ব द ગ ਪ த త ಆ ആ ସ ශ ท ຄ គ က የ ܣ');
    const bold = read.filter((file) => /^Noto.*-Regular/u.test(file)).map((file) => file.replace('Regular', 'Bold'));
    expect(bold).toHaveLength(17);
    for (const file of bold) {
      const inBold = charactersOf(fontFile(file));
      const regular = charactersOf(fontFile(file.replace('Bold', 'Regular')));
      expect([file, [...regular].filter((character) => !inBold.has(character))]).toEqual([file, []]);
    }
  });
});
