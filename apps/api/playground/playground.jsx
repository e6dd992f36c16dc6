import './workers.js';
import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import { createRoot } from 'react-dom/client';
import { ask, forgetfulStorage } from './fetcher.js';
import './playground.css';
import { openingQuestion, questionsMenu } from './questions-menu.jsx';

const questions = await fetch('/questions.json').then((response) => response.json());
const menu = questionsMenu(questions);
const { query, variables } = openingQuestion(questions, location.search);

createRoot(document.getElementById('root')).render(
  <GraphiQL
    fetcher={ask}
    storage={forgetfulStorage()}
    shouldPersistHeaders={false}
    showPersistHeadersSettings={false}
    plugins={[menu]}
    visiblePlugin={menu.title}
    initialQuery={query}
    initialVariables={variables}
  >
    <GraphiQL.Logo>
      <a className="home" href="/">
        Decision register
      </a>
    </GraphiQL.Logo>
  </GraphiQL>,
);
