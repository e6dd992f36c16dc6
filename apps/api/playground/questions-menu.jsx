import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { parse } from 'graphql';

const variablesText = ({ variables }) =>
  Object.keys(variables).length === 0 ? '' : JSON.stringify(variables, null, 2);

const Icon = () => (
  <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.75" aria-hidden="true">
    <circle cx="12" cy="12" r="9" />
    <path d="M9.5 9.2a2.6 2.6 0 1 1 3.6 2.4c-.7.3-1.1.9-1.1 1.6v.6" strokeLinecap="round" />
    <circle cx="12" cy="16.8" r=".6" fill="currentColor" />
  </svg>
);

/** The menu of ready-made questions: choosing one puts it into the editor and asks it. */
export const questionsMenu = (questions) => ({
  title: 'Ready-made questions',
  icon: Icon,
  content: () => {
    const queryEditor = useGraphiQL((state) => state.queryEditor);
    const variableEditor = useGraphiQL((state) => state.variableEditor);
    const { run, setOperationFacts } = useGraphiQLActions();

    const choose = (question) => {
      queryEditor?.setValue(question.query);
      variableEditor?.setValue(variablesText(question));
      // The editor finds out by itself, but later than the question is asked.
      const documentAST = parse(question.query);
      const operations = documentAST.definitions.filter(({ kind }) => kind === 'OperationDefinition');
      setOperationFacts({ documentAST, operations, operationName: operations[0]?.name?.value });
      history.replaceState(null, '', `?question=${encodeURIComponent(question.name)}`);
      run();
    };

    return (
      <section className="questions" aria-label="Ready-made questions">
        <h2>Ready-made questions</h2>
        <p>Choose one to ask it. Change it in the editor and ask again with the run button.</p>
        <ul>
          {questions.map((question) => (
            <li key={question.name}>
              <button type="button" onClick={() => choose(question)}>
                <strong>{question.title}</strong>
                <span>{question.description}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    );
  },
});

/** What the playground opens on: the question named in the address, or the first. */
export const openingQuestion = (questions, search) => {
  const name = new URLSearchParams(search).get('question');
  const question = questions.find((each) => each.name === name) ?? questions[0];
  return { query: question?.query ?? '', variables: question ? variablesText(question) : '' };
};
