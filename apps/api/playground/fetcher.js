/** Asks our own `/graphql`. Headers come from the headers editor: that is where a token goes. */
export const ask = async (question, { headers } = {}) => {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(question),
  });
  return response.json();
};

/** Keeps nothing in the browser: questions and answers may be confidential, tokens always are. */
export const forgetfulStorage = () => {
  const kept = new Map();
  return {
    get length() {
      return kept.size;
    },
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
};
