import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderPdf, type DecisionLog } from '#decision-log';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { hostileLog } from './hostile-log.js';
import { PdfRead } from './pdf-read.js';

const BY_THE_LINE = {
  'many in one title': '北京 ไทย বাংলা ਪੰਜਾਬੀ 👩‍⚕️ Zoë ŵ',
  Hindi: 'क्षेत्रीय स्वास्थ्य समिति क्‍ष।',
  Gujarati: 'આરોગ્ય સમિતિનો નિર્ણય',
  Panjabi: 'ਸਿਹਤ ਕਮੇਟੀ ਦਾ ਫ਼ੈਸਲਾ',
  Tamil: 'சுகாதாரக் குழுவின் முடிவு ஸ்ரீ',
  Malayalam: 'ആരോഗ്യ സമിതിയുടെ തീരുമാനം',
  Sinhala: 'සෞඛ්‍ය කමිටුව ශ්‍රී ලංකා',
  Thai: 'คณะกรรมการสุขภาพตัดสินใจว่าจะให้บริการต่อไป',
  Burmese: 'ကျန်းမာရေးကော်မတီ',
  Tigrinya: 'የጤና ኮሚቴ',
  Cantonese: '健康委員會決定撥款，並於二〇二五年公佈（第二次會議）。唔該晒啲嘢𠹌',
  Japanese: '保健委員会の決定、カタカナ「ひらがな」。',
  Korean: '보건위원회의 결정',
  Ukrainian: 'Рішення комітету',
  Greek: 'Απόφαση της επιτροπής',
  'Polish, Welsh, Vietnamese': 'Zażółć gęślą jaźń, Llŷn, được, Şırnak',
  'Yoruba, with marks': 'Ẹ̀kọ́ ọ̀rẹ́ Ọ́',
  signs: '✓ ✔ ✅ ≥ ½ ⅓ ① ☑ → € ₹ … ❤️ 1️⃣ 🇵🇱 🏴󠁧󠁢󠁷󠁬󠁳󠁿 👍🏽 👨‍👩‍👧‍👦',
} as const;

/** Word by word, as readers put words of two directions in one line in orders of their own. */
const FROM_THE_RIGHT = {
  Arabic: 'قرر مجلس تمويل الخدمة',
  Urdu: 'فیصلہ کیا ٹیکے لگائے جائیں ہے',
  Hebrew: 'ועדת הבריאות שלום',
} as const;

const texts = Object.entries({ ...BY_THE_LINE, ...FROM_THE_RIGHT, mixed: 'قرر مجلس NHS England تمويل (2025).' });

const logOf = (items: readonly (readonly [label: string, text: string])[]): DecisionLog => ({
  ...hostileLog,
  head: { ...hostileLog.head, handling: '', summary: ['Scripts.'] },
  sections: [
    {
      id: 'scripts',
      number: 1,
      title: 'Scripts',
      lead: 'What communities write.',
      blocks: [{ kind: 'definitions', items: items.map(([label, text]) => ({ label, values: [{ text }] })) }],
    },
  ],
});

/** Runs of characters, most of one script and some of others: letters with marks that no font has together. */
const anyText = fc
  .constantFrom(
    0x41,
    0xc0,
    0x300,
    0x5d0,
    0x620,
    0x700,
    0x905,
    0x985,
    0xe01,
    0x1000,
    0x1780,
    0x2190,
    0x4e00,
    0xac00,
    0x1f550,
  )
  .chain((script) =>
    fc.array(
      fc.oneof(
        { weight: 3, arbitrary: fc.integer({ min: script, max: script + 0x7f }) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(0x301, 0x36c, 0x64e, 0x93c, 0x9cd, 0xe47, 0x200c, 0x200d, 0xfe0f, 0x20e3, 0x303),
        },
      ),
      { minLength: 1, maxLength: 30 },
    ),
  )
  .map((codes) => String.fromCodePoint(...codes));

/** Without spaces, and without what a reader of text marks directions with. */
const bare = (text: string): string => text.replaceAll(/[\s\u202a-\u202e\u2066-\u2069]+/gu, '');

describe('scripts that communities write, as PDF', () => {
  let bytes: Uint8Array;
  let drawn: string;

  beforeAll(async () => {
    bytes = await renderPdf(logOf(texts));
    const folder = mkdtempSync(join(tmpdir(), 'scripts-'));
    try {
      writeFileSync(join(folder, 'log.pdf'), bytes);
      drawn = execFileSync('pdftotext', [join(folder, 'log.pdf'), '-'], { encoding: 'utf8' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('are drawn, none by its code points', () => {
    expect(drawn).not.toContain('[U+');
    expect(drawn).not.toContain('by code point');
  });

  it.each(Object.entries(BY_THE_LINE))('are read as they were recorded: %s', (label, text) => {
    expect(bare(drawn)).toContain(bare(`${label}: ${text}`));
  });

  it.each(Object.entries(FROM_THE_RIGHT))(
    'are read from right to left, each word as it was recorded: %s',
    (_, text) => {
      expect(bare(drawn)).toContain(bare(text));
    },
  );

  it('are PDF/UA-1 as ever, with every font in it by its glyphs in use only', () => {
    const pdf = new PdfRead(bytes);
    expect(pdf.metadata).toContain('<pdfuaid:part>1</pdfuaid:part>');
    const names = pdf.dictionaries((found) => found['/Type'] === '/FontDescriptor').map((font) => font['/FontName']);
    expect(names.length).toBeGreaterThan(15);
    for (const name of names) expect(name).toMatch(/^\/[A-Z]{6}\+/u);
    expect(bytes.length).toBeLessThan(400_000);
  });

  it('make no document fail, whatever is written beside whatever', async () => {
    const any = fc.sample(anyText, { numRuns: 400, seed: 28 }).map((text, at) => [String(at), text] as const);
    await expect(renderPdf(logOf(any))).resolves.toBeDefined();
  });
});
