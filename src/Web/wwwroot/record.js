// Recording a clip.
import { hold, turnTo } from './clip.js';
import { busyWith, clock, meter, opened, stopWaiting } from './controls.js';
import { openMicrophone } from './microphone.js';
import { $, attempt, say } from './page.js';
import { toWav } from './wav.js';

const mostSeconds = 60;
let recording = null;

/** One sound of blocks, cut to `most` samples. */
function joined(blocks, most) {
  const samples = new Float32Array(Math.min(blocks.reduce((sum, block) => sum + block.length, 0), most));
  let at = 0;
  for (const block of blocks) {
    samples.set(block.subarray(0, samples.length - at), at);
    at += Math.min(block.length, samples.length - at);
  }
  return samples;
}

async function stop() {
  if (!recording) {
    stopWaiting();
    return;
  }
  const { microphone, blocks } = recording;
  recording = null;
  await microphone.close();
  busyWith(null);
  $('record').focus();
  await hold(toWav(joined(blocks, mostSeconds * microphone.rate), microphone.rate));
}

$('stop').onclick = attempt(stop);

$('record').onclick = attempt(async () => {
  const blocks = [];
  let heard = 0;
  turnTo();
  clock(0);
  busyWith('recording');
  $('stop').focus();
  try {
    const microphone = await opened(openMicrophone(block => {
      blocks.push(block);
      heard += block.length;
      meter(block);
      if (recording) {
        clock(heard / recording.microphone.rate);
        if (heard / recording.microphone.rate >= mostSeconds) $('stop').click();
      }
    }, async () => {
      await $('stop').onclick();
      if ($('message').hidden) say('The microphone is gone: this is what it heard. Plug it in again, or choose a file.');
    }));
    if (microphone) recording = { microphone, blocks };
  } finally {
    if (!recording) {
      busyWith(null);
      $('record').focus();
    }
  }
});
