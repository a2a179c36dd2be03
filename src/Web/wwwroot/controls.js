// What both uses of the microphone show: level, clock, which buttons can be pressed, and the wait for the browser's permission.
import { level } from './microphone.js';
import { $ } from './page.js';

const hint = $('hint').textContent;
let giveUp = null;

export function meter(block) {
  const db = level(block);
  $('meter').setAttribute('aria-valuenow', Math.round(db));
  $('meter').setAttribute('aria-valuetext', `${Math.round(db)} decibels below full scale`.replace('-', ''));
  $('meter').style.setProperty('--meter', `${$('meter').clientWidth}px`);
  $('meter').firstElementChild.style.width = `${(db + 60) / 0.6}%`;
}

export function clock(seconds) {
  $('clock').textContent = `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}

/** Shows the buttons for `recording`, `live` or, by null, neither. */
export function busyWith(what) {
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

/** Waits for what opens the microphone. It may never open: `stopWaiting` ends the wait with null, and what opens later is closed at once. */
export async function opened(session) {
  const hidden = $('hint').hidden;
  $('hint').hidden = false;
  $('hint').textContent = 'Waiting for the microphone: the browser may ask.';
  const givenUp = new Promise(resolve => { giveUp = () => resolve(null); });
  try {
    const first = await Promise.race([session, givenUp]);
    if (!first) session.then(late => late.close(), () => {});
    return first;
  } finally {
    giveUp = null;
    $('hint').textContent = hint;
    $('hint').hidden = hidden;
  }
}

/** Ends the wait of `opened`; false where nobody waits. */
export function stopWaiting() {
  giveUp?.();
  return giveUp !== null;
}
