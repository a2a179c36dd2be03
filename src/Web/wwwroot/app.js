import * as api from './api.js';
import { element, sentence, showAnswer, showNothing, timeline } from './answer.js';
import { drawMel, drawWave } from './draw.js';
import { listenLive } from './live.js';
import { level, openMicrophone } from './microphone.js';
import { fileToWav, toWav } from './wav.js';

const mostSeconds = 60;
const $ = id => document.getElementById(id);
const state = { clip: null, asked: 0, asking: new AbortController(), giveUp: null, recording: null, live: null, liveModel: null, redraw: () => {} };

/** Says what went wrong; `again` offers to ask about the same clip once more. */
function say(message, again = false) {
  $('message').textContent = message;
  $('message').hidden = !message;
  $('retry').hidden = !again;
}

/** Does what a person asked for; what goes wrong is said. */
const attempt = work => async (...given) => {
  say('');
  try {
    await work(...given);
  } catch (error) {
    say(error.message, error.again);
  }
};

// Models

const model = () => document.querySelector('[name=model]:checked')?.value;
const titles = new Map(), classes = new Map();
let loading = null;

/** Loads them once; the server may not have been there when the page was. */
const loadModels = () => loading ??= fetchModels().catch(error => {
  loading = null;
  throw error;
});

async function fetchModels() {
  const entries = await api.models();
  const same = entries.length !== new Set(entries.map(entry => entry.classes.length)).size;
  for (const entry of entries) {
    classes.set(entry.name, entry.classes);
    titles.set(entry.name, same ? `${entry.name} · ${entry.classes.length} emotions` : `${entry.classes.length} emotions`);
    const input = element('input', { type: 'radio', name: 'model', value: entry.name, checked: titles.size === 1 });
    const label = element('label', { className: 'choice', title: `${entry.architecture}: ${entry.classes.join(', ')}` }, input, element('span', {}, titles.get(entry.name)));
    $('models').append(label);
    $('compare').append(element('option', { value: entry.name }, titles.get(entry.name)));
  }
  $('compare').closest('p').hidden = entries.length < 2;
}

const change = attempt(async () => {
  if (state.liveModel) await inTurn(restartLive);
  else if (state.clip) await ask();
});

// A clip and its answer

/** A ticket for what a person asks for next. What was asked before is not waited for, and its answer not shown. */
function turnTo() {
  state.asking.abort();
  state.asking = new AbortController();
  $('busy').hidden = true;
  $('player').pause(); // or the microphone would hear it
  return ++state.asked;
}

function letGo() {
  state.clip = null;
  URL.revokeObjectURL($('player').src);
  $('player').removeAttribute('src');
  $('player').load();
}

async function hold(wav) {
  letGo();
  state.clip = wav;
  $('player').src = URL.createObjectURL(wav);
  await ask();
}

async function ask() {
  const asked = turnTo();
  await loadModels();
  if (asked !== state.asked) return;
  const names = [...new Set([model(), $('compare').value])].filter(Boolean);
  $('busy').hidden = false;
  $('status').textContent = $('busy').textContent;
  try {
    const answers = await Promise.all(names.map(name => api.predict(state.clip, name, state.asking.signal)));
    if (asked === state.asked) show(answers);
  } catch (error) {
    if (asked !== state.asked) return;
    $('result').hidden = true;
    $('status').textContent = '';
    throw Object.assign(error, { again: true });
  } finally {
    if (asked === state.asked) $('busy').hidden = true;
  }
}

function panels(count) {
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
  const cut = first.seconds > first.heardSeconds + 0.1;
  $('note').hidden = !cut;
  $('note').textContent = cut ? `The model hears ${first.heardSeconds} s at once at the most: the answer above is about the middle of the clip’s speech.` : '';
  state.redraw = () => {
    drawWave($('wave'), first.picture);
    drawMel($('mel'), first.picture);
    lines.forEach(line => line.draw());
  };
  state.redraw();
  $('status').textContent = answers.map(answer => `${titles.get(answer.model)}: ${sentence(answer).join(', ')}`).join('. ');
}

$('retry').onclick = attempt(ask);
$('again').onclick = () => {
  turnTo();
  letGo();
  $('result').hidden = true;
  say('');
  $('record').focus();
};

// Recording

const hint = $('hint').textContent;

function meter(block) {
  const db = level(block);
  $('meter').setAttribute('aria-valuenow', Math.round(db));
  $('meter').setAttribute('aria-valuetext', `${Math.round(db)} decibels below full scale`.replace('-', ''));
  $('meter').style.setProperty('--meter', `${$('meter').clientWidth}px`);
  $('meter').firstElementChild.style.width = `${(db + 60) / 0.6}%`;
}

function clock(seconds) {
  $('clock').textContent = `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}

function busyWith(what) {
  $('record').hidden = what === 'recording';
  $('stop').hidden = what !== 'recording';
  $('record').disabled = what === 'live';
  $('live').disabled = $('file').disabled = what === 'recording';
  $('live').textContent = what === 'live' ? 'Stop listening' : 'Listen live';
  $('live').classList.toggle('danger', what === 'live');
  $('limit').hidden = $('hint').hidden = what === 'live';
  if (what) return;
  $('meter').firstElementChild.style.width = 0;
  $('meter').setAttribute('aria-valuenow', -60);
  $('meter').removeAttribute('aria-valuetext');
}

/** Waits for what opens the microphone. It may never open: `state.giveUp` ends the wait with null, and what opens later is closed at once. */
async function opened(session) {
  const hidden = $('hint').hidden;
  $('hint').hidden = false;
  $('hint').textContent = 'Waiting for the microphone: the browser may ask.';
  const givenUp = new Promise(resolve => { state.giveUp = () => resolve(null); });
  try {
    const first = await Promise.race([session, givenUp]);
    if (!first) session.then(late => late.close(), () => {});
    return first;
  } finally {
    state.giveUp = null;
    $('hint').textContent = hint;
    $('hint').hidden = hidden;
  }
}

$('record').onclick = attempt(async () => {
  const blocks = [];
  let heard = 0;
  turnTo();
  clock(0);
  busyWith('recording');
  $('stop').focus();
  try {
    state.recording = await opened(openMicrophone(block => {
      blocks.push(block);
      heard += block.length;
      meter(block);
      if (state.recording) {
        clock(heard / state.recording.rate);
        if (heard / state.recording.rate >= mostSeconds) $('stop').click();
      }
    }, async () => {
      await $('stop').onclick();
      if ($('message').hidden) say('The microphone is gone: this is what it heard. Plug it in again, or choose a file.');
    }));
  } finally {
    if (!state.recording) {
      busyWith(null);
      $('record').focus();
    }
  }
  if (state.recording) state.recording.blocks = blocks;
});

$('stop').onclick = attempt(async () => {
  const recording = state.recording;
  if (!recording) return state.giveUp?.();
  state.recording = null;
  await recording.close();
  busyWith(null);
  $('record').focus();
  const samples = new Float32Array(Math.min(recording.blocks.reduce((sum, block) => sum + block.length, 0), mostSeconds * recording.rate));
  let at = 0;
  for (const block of recording.blocks) {
    samples.set(block.subarray(0, samples.length - at), at);
    at += Math.min(block.length, samples.length - at);
  }
  await hold(toWav(samples, recording.rate));
});

// Files

const take = attempt(async file => {
  if (!file) return;
  if ($('record').hidden) throw new Error('Stop the recording first, then choose a file.');
  state.giveUp?.();
  if (state.liveModel) await inTurn(stopLive);
  const mine = turnTo();
  letGo(); // or its answer would come back as if it were this file's
  $('result').hidden = true;
  $('busy').hidden = false;
  let wav;
  try {
    wav = await fileToWav(file);
  } catch (error) {
    if (mine !== state.asked) return;
    $('busy').hidden = true;
    throw error;
  }
  if (mine === state.asked) await hold(wav);
});

$('file').onchange = async ({ target }) => {
  await take(target.files[0]);
  target.value = ''; // The same file may be chosen again.
};
for (const type of ['dragover', 'dragleave', 'drop']) {
  addEventListener(type, event => {
    event.preventDefault();
    $('drop').classList.toggle('over', type === 'dragover');
    if (type === 'drop') take(event.dataTransfer.files[0]);
  });
}

// Live

let turn = Promise.resolve();

/** Sessions begin and end one after the other: the browser may ask for the microphone while another model is chosen. */
function inTurn(work) {
  const mine = turn.then(work);
  turn = mine.catch(() => {});
  return mine;
}

async function startLive() {
  turnTo();
  busyWith('live');
  let said = '';
  const end = () => {
    state.live = state.liveModel = null;
    clock(0);
    busyWith(null);
  };
  try {
    await loadModels();
    state.liveModel = model();
    $('status').textContent = 'Listening live';
    const title = `${titles.get(state.liveModel)}, live: the last three seconds`, names = classes.get(state.liveModel);
    state.live = await opened(listenLive(state.liveModel, {
      hear: block => { meter(block); },
      answer: answer => {
        clock(answer.at);
        if (!answer.emotion && !said) return;
        if (state.clip) letGo();
        $('result').hidden = false;
        $('clip').hidden = true;
        const [panel] = panels(1);
        const [verdict] = answer.emotion ? sentence(answer) : ['nothing heard'];
        if (answer.emotion) showAnswer(panel, answer, names, title);
        else showNothing(panel, verdict);
        if (verdict !== said) $('status').textContent = said = verdict;
      },
      ended: reason => { end(); say(reason); },
    }));
  } finally {
    if (!state.live) end();
  }
}

async function stopLive() {
  const live = state.live;
  state.live = state.liveModel = null;
  await live?.close();
  clock(0);
  busyWith(null);
  $('status').textContent = 'Stopped listening';
}

async function restartLive() {
  if (!state.liveModel || state.liveModel === model()) return;
  await stopLive();
  await startLive();
}

$('live').onclick = attempt(() => state.giveUp ? state.giveUp() : inTurn(() => state.live ? stopLive() : startLive()));

// Looks

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

const redraw = () => { if (!$('result').hidden && !$('clip').hidden) state.redraw(); };
addEventListener('resize', redraw);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
$('models').addEventListener('change', change);
$('compare').addEventListener('change', change);

attempt(loadModels)();
