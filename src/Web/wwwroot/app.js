// The page: files that are chosen or dropped, and the choice of models. Its other parts are imported, and set up their own buttons.
import { ask, hold, letGo, stillAt, turnTo } from './clip.js';
import { stopWaiting } from './controls.js';
import { isListening, listenAnew, stopListening } from './listening.js';
import { loadModels } from './models.js';
import { $, attempt } from './page.js';
import './record.js';
import { fileToWav } from './wav.js';

const take = attempt(async file => {
  if (!file) return;
  if ($('record').hidden) throw new Error('Stop the recording first, then choose a file.');
  stopWaiting();
  await stopListening();
  const ticket = turnTo();
  letGo(); // or its answer would come back as if it were this file's
  $('result').hidden = true;
  $('busy').hidden = false;
  let wav;
  try {
    wav = await fileToWav(file);
  } catch (error) {
    if (!stillAt(ticket)) return;
    $('busy').hidden = true;
    throw error;
  }
  if (stillAt(ticket)) await hold(wav);
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

const change = attempt(() => isListening() ? listenAnew() : ask());
$('models').addEventListener('change', change);
$('compare').addEventListener('change', change);

attempt(loadModels)();
