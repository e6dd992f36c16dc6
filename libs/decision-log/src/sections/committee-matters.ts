import { dayInWords, inWords } from '#governance';
import type { CivilDate } from '#kernel';
import type { ScrutinyView, Shown } from '#register';
import { byText, capital, counted, inShort, line, onOneLine } from '../plain.js';
import { sectionOf, type LogContext, type Unnumbered } from './section.js';

const MATTERS = 500;

/** Section 7: what the committee asked and recommended, and what came of it: raised in the period, or still open. */
export const committeeMatters = async ({ source, scope, names }: LogContext): Promise<Unnumbered> => {
  const { from, to } = scope.period;
  const page = await source.register.list<ScrutinyView>(
    'scrutiny',
    { where: { committee: scope.committee.id }, first: MATTERS },
    scope.basis,
  );
  const inPeriod = (day: CivilDate | undefined): boolean => day !== undefined && day >= from && day <= to;
  const matters = page.rows
    .filter(({ state }) => (state.raisedOn ?? '') <= to)
    .filter(({ state }) => !state.closed || inPeriod(state.raisedOn) || inPeriod(state.response?.respondedOn))
    .toSorted((a, b) => byText(a.state.raisedOn ?? '', b.state.raisedOn ?? '') || byText(a.id, b.id));
  const rows = await names.tell(({ nameOf }) =>
    matters.map((matter) => {
      const { state } = matter;
      const to =
        state.addressedTo ??
        (state.addressedToOrganisation && nameOf('organisation', state.addressedToOrganisation)) ??
        (state.addressedToBody && nameOf('body', state.addressedToBody));
      return [
        line(state.raisedOn === undefined ? 'Not known' : dayInWords(state.raisedOn)),
        line(`${capital(inWords(state.kind))}: ${onOneLine(state.text)}`),
        line(to === undefined ? 'Not recorded' : inShort(to)),
        line(responseWords(matter)),
        line(statusWords(matter, scope.basis.asAt)),
      ];
    }),
  );
  const table = {
    kind: 'table',
    caption: counted(matters.length, 'matter'),
    columns: [
      { title: 'Raised', heads: true, width: 3 },
      { title: 'What the committee did', width: 8 },
      { title: 'Addressed to', width: 4 },
      { title: 'Response', width: 6 },
      { title: 'Status', width: 4 },
    ],
    rows,
  } as const;
  return sectionOf(
    'responses',
    'Responses to the committee',
    'What the committee asked, recommended and referred: raised or answered in the period, and whatever is still open.',
    matters.length === 0 ? [] : [table],
    'There is nothing to report: no matter of the committee is recorded as raised or answered in the period, or as open.',
  );
};

function responseWords({ state: { response } }: Shown<ScrutinyView>): string {
  if (!response) return 'None recorded';
  const parts = [
    response.outcome && capital(inWords(response.outcome)),
    response.respondedOn && `on ${dayInWords(response.respondedOn)}`,
    response.from && `by ${response.from}`,
  ].filter(Boolean);
  return onOneLine(`${capital(parts.join(' ')) || 'Received'}${response.text ? `: ${response.text}` : ''}`);
}

function statusWords({ state }: Shown<ScrutinyView>, asAt: CivilDate): string {
  const { closed, outcome, dueOn, response, progress, letter } = state;
  if (closed) return onOneLine(outcome === undefined ? 'Closed' : `Closed: ${outcome}`);
  const parts = ['Open'];
  if (progress) parts.push(inShort(progress));
  if (letter?.sentOn) parts.push(`letter sent on ${dayInWords(letter.sentOn)}`);
  if (dueOn && !response)
    parts.push(
      `response ${dueOn < asAt ? 'was' : 'is'} due by ${dayInWords(dueOn)}${dueOn < asAt ? ' and is overdue' : ''}`,
    );
  return parts.join('; ');
}
