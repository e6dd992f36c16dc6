import type { Chart, Table } from './document.js';

/** The figures of a chart as the table that stands beside it, for whoever would rather read. */
export const figuresOf = (chart: Chart): Table => ({
  kind: 'table',
  caption: chart.title,
  columns: [
    { title: chart.labelColumn, heads: true, width: 3 },
    { title: chart.valueColumn, numeric: true, width: 1 },
  ],
  rows: chart.bars.map((bar) => [{ text: bar.label }, { text: bar.text }]),
});
