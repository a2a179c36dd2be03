// Listening live, which shows what the last seconds sound like.
import { sentence, showAnswer, showNothing } from './answer.js';
import { letGo, panels, turnTo } from './clip.js';
import { busyWith, clock, meter, opened, stopWaiting } from './controls.js';
import { windowSeconds } from './limits.js';
import { listenLive } from './live.js';
import { classes, expected, loadModels, model, titles } from './models.js';
import { $, attempt, say } from './page.js';

let session = null, heardBy = null, turn = Promise.resolve();

/** True while a model listens, or waits for the microphone. */
export const isListening = () => heardBy !== null;

/** Sessions begin and end one after the other: the browser may ask for the microphone while another model is chosen. */
function inTurn(work) {
  const mine = turn.then(work);
  turn = mine.catch(() => {});
  return mine;
}

async function start() {
  turnTo();
  busyWith('live');
  let said = '';
  const end = () => {
    session = heardBy = null;
    clock(0);
    busyWith(null);
  };
  try {
    await loadModels();
    heardBy = model();
    $('status').textContent = 'Listening live';
    const title = `${titles.get(heardBy)}, live: the last ${windowSeconds} seconds`, names = classes.get(heardBy);
    session = await opened(listenLive(heardBy, {
      hear: meter,
      answer: answer => {
        clock(answer.at);
        if (!answer.emotion && !said) return;
        if (answer.emotion) expected(answer, names);
        letGo();
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
    if (!session) end();
  }
}

async function stop() {
  const live = session;
  session = heardBy = null;
  await live?.close();
  clock(0);
  busyWith(null);
  $('status').textContent = 'Stopped listening';
}

/** Stops, if it listens. */
export const stopListening = async () => { if (isListening()) await inTurn(stop); };

/** Goes on with the model that is chosen now. */
export const listenAnew = () => inTurn(async () => {
  if (!isListening() || heardBy === model()) return;
  await stop();
  await start();
});

$('live').onclick = attempt(async () => { if (!stopWaiting()) await inTurn(() => session ? stop() : start()); });
