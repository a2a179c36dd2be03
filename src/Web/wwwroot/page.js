// What all parts of the page use: its elements, what a person is told, and work that may fail.

export const $ = id => document.getElementById(id);

/** Says what went wrong; `again` offers to ask about the same clip once more. */
export function say(message, again = false) {
  $('message').textContent = message;
  $('message').hidden = !message;
  $('retry').hidden = !again;
}

/** Does what a person asked for; what goes wrong is said. */
export const attempt = work => async (...given) => {
  say('');
  try {
    await work(...given);
  } catch (error) {
    say(error.message, error.again);
  }
};
