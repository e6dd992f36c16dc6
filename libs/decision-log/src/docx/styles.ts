import type { IShadingAttributesProperties, IStylesOptions } from 'docx';
import { ShadingType } from 'docx';

/** Lengths are twips, twentieths of a point; sizes of letters half points. A4 upright, 20 mm at the sides. */
export const PAGE = {
  size: { width: 11_906, height: 16_838 },
  margin: { top: 1_247, bottom: 1_361, left: 1_134, right: 1_134, header: 567, footer: 567 },
};

export const TABLE_WIDTH = PAGE.size.width - PAGE.margin.left - PAGE.margin.right;

export const HEADER_ROW: IShadingAttributesProperties = { type: ShadingType.CLEAR, color: 'auto', fill: 'E8EEF4' };

const INK = '1D3557';

const headed = (size: number, before: number) => ({
  run: { font: 'Arial', size, bold: true, italics: false, color: INK },
  paragraph: { spacing: { before, after: 120 }, keepNext: true, keepLines: true },
});

/** Built-in styles where Word has them, so that a council can put its own in their place. */
export const docxStyles: IStylesOptions = {
  default: {
    document: {
      run: { font: 'Arial', size: 24, language: { value: 'en-GB', eastAsia: 'en-GB', bidirectional: 'ar-SA' } },
      paragraph: { spacing: { after: 120 } },
    },
    heading1: headed(48, 0),
    heading2: headed(36, 360),
    heading3: headed(30, 300),
    heading4: headed(25, 240),
    caption: {
      run: { size: 22, bold: true, italics: false, color: '000000' },
      paragraph: { spacing: { before: 180, after: 80 } },
    },
    hyperlink: { run: { color: '0B4F8A', underline: { type: 'single' } } },
  },
  paragraphStyles: [
    {
      id: 'Detail',
      name: 'Detail',
      basedOn: 'Normal',
      paragraph: { spacing: { after: 60 }, indent: { left: 284, hanging: 284 } },
    },
    { id: 'DetailMore', name: 'Detail continued', basedOn: 'Detail', paragraph: { indent: { left: 284 } } },
    {
      id: 'TableText',
      name: 'Table text',
      basedOn: 'Normal',
      run: { size: 20 },
      paragraph: { spacing: { before: 20, after: 20 } },
    },
    {
      id: 'Notice',
      name: 'Notice',
      basedOn: 'Normal',
      run: { bold: true },
      paragraph: {
        border: {
          top: { style: 'single', size: 8, space: 4, color: INK },
          bottom: { style: 'single', size: 8, space: 4, color: INK },
          left: { style: 'single', size: 8, space: 4, color: INK },
          right: { style: 'single', size: 8, space: 4, color: INK },
        },
      },
    },
    { id: 'Footer', name: 'footer', basedOn: 'Normal', run: { size: 18 }, paragraph: { spacing: { after: 0 } } },
  ],
};
