// The clip that is asked about, and its answer.
import { predict } from './api.js';
import { element, sentence, showAnswer, timeline } from './answer.js';
import { drawMel, drawWave } from './draw.js';
import { asked, classes, expected, loadModels, titles } from './models.js';
import { $, attempt, say } from './page.js';

let clip = null, turns = 0, asking = new AbortController(), draw = () => {};

/** A ticket for what a person asks for next. What was asked before is not waited for, and its answer not shown. */
export function turnTo() {
  asking.abort();
  asking = new AbortController();
  $('busy').hidden = true;
  $('player').pause(); // or the microphone would hear it
  return ++turns;
}

/** True while nothing else has been asked for. */
export const stillAt = ticket => ticket === turns;

export function letGo() {
  if (!clip) return;
  clip = null;
  URL.revokeObjectURL($('player').src);
  $('player').removeAttribute('src');
  $('player').load();
}

export async function hold(wav) {
  letGo();
  clip = wav;
  $('player').src = URL.createObjectURL(wav);
  await ask();
}

/** Asks about the clip that is held, if one is. */
export async function ask() {
  if (!clip) return;
  const ticket = turnTo();
  await loadModels();
  if (!stillAt(ticket)) return;
  $('busy').hidden = false;
  $('status').textContent = $('busy').textContent;
  try {
    const answers = await Promise.all(asked().map(async name => expected(await predict(clip, name, asking.signal), classes.get(name))));
    if (stillAt(ticket)) show(answers);
  } catch (error) {
    if (!stillAt(ticket)) return;
    $('result').hidden = true;
    $('status').textContent = '';
    throw Object.assign(error, { again: error.passing });
  } finally {
    if (stillAt(ticket)) $('busy').hidden = true;
  }
}

/** As many places for answers as models are asked. */
export function panels(count) {
  while ($('answers').children.length > count) $('answers').lastChild.remove();
  while ($('answers').children.length < count) $('answers').append(element('div', { className: 'answer' }));
  return [...$('answers').children];
}

function show(answers) {
  const title = answer => answers.length > 1 ? titles.get(answer.model) : '';
  $('result').hidden = false;
  $('clip').hidden = false;
  panels(answers.length).forEach((panel, i) => showAnswer(panel, answers[i], classes.get(answers[i].model), title(answers[i])));
  const [first] = answers;
  const lines = answers.filter(answer => answer.timeline.length).map(answer => timeline(answer, classes.get(answer.model), title(answer)));
  $('timelines').replaceChildren(...lines.map(line => line.figure));
  $('end').textContent = `${first.seconds.toFixed(1)} s`;
  const parts = answers.filter(answer => answer.heard.cut).map(answer =>
    `${title(answer) ? `the model of ${title(answer)}` : 'the model'} heard only the part from ${answer.heard.start.toFixed(1)} to ${answer.heard.end.toFixed(1)} s`);
  $('note').hidden = !parts.length;
  $('note').textContent = parts.length ? `The clip is long: for the answer above, ${parts.join(', ')}. To ask about another part, cut the clip to it.` : '';
  draw = () => {
    drawWave($('wave'), first.picture);
    drawMel($('mel'), first.picture);
    lines.forEach(line => line.draw());
  };
  draw();
  $('status').textContent = answers.map(answer => `${titles.get(answer.model)}: ${sentence(answer).join(', ')}`).join('. ');
}

$('retry').onclick = async () => {
  await attempt(ask)();
  if (document.activeElement !== document.body) return; // The button has gone, and the focus with it.
  [$('retry'), $('again'), $('record')].find(button => button.offsetParent)?.focus();
};
$('again').onclick = () => {
  turnTo();
  letGo();
  $('result').hidden = true;
  say('');
  $('record').focus();
};

// Pictures are of the page's width and colours.
const redraw = () => { if (!$('result').hidden && !$('clip').hidden) draw(); };
addEventListener('resize', redraw);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);

function cursors() {
  const share = $('player').currentTime / $('player').duration;
  document.querySelectorAll('.cursor').forEach(cursor => {
    cursor.style.visibility = share > 0 ? 'visible' : 'hidden';
    cursor.style.left = `${100 * share}%`;
  });
  if (!$('player').paused) requestAnimationFrame(cursors);
}
for (const type of ['play', 'seeked', 'ended', 'emptied']) $('player').addEventListener(type, cursors);
$('clip').addEventListener('click', event => {
  const plot = event.target.closest('.plot');
  if (plot && $('player').duration) $('player').currentTime = event.offsetX / plot.clientWidth * $('player').duration;
});
