import { lowestRate, mostBytes, mostChannels, mostSeconds } from './limits.js';

/** Samples of -1 to 1 as 16-bit numbers. */
export function toPcm(samples) {
  const pcm = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i++) pcm[i] = Math.max(-32768, Math.min(32767, Math.round(samples[i] * 32768)));
  return pcm;
}

/** One channel of samples as a WAV file of 16 bits. */
export function toWav(samples, rate) {
  const header = new DataView(new ArrayBuffer(44));
  const text = (at, word) => [...word].forEach((letter, i) => header.setUint8(at + i, letter.charCodeAt(0)));
  const size = samples.length * 2;
  text(0, 'RIFF');
  header.setUint32(4, 36 + size, true);
  text(8, 'WAVEfmt ');
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true); // PCM
  header.setUint16(22, 1, true); // channels
  header.setUint32(24, rate, true);
  header.setUint32(28, rate * 2, true);
  header.setUint16(32, 2, true);
  header.setUint16(34, 16, true);
  text(36, 'data');
  header.setUint32(40, size, true);
  return new Blob([header, toPcm(samples)], { type: 'audio/wav' });
}

/** Decoded sound is sent at this rate: the models hear up to 8 kHz, and the longest sound that the server takes fits into its largest file. */
const rate = 32000;

/** Length of a compressed file by its header, not a finite number where the browser cannot tell. What is too long must not be decoded: an hour takes a gigabyte. */
async function secondsOf(file) {
  const sound = new Audio(URL.createObjectURL(file));
  try {
    await new Promise((resolve, reject) => Object.assign(sound, { onloadedmetadata: resolve, onerror: reject }));
    return sound.duration;
  } catch {
    return NaN;
  } finally {
    URL.revokeObjectURL(sound.src);
  }
}

/** A chosen file as WAV: as it is where it is WAV, else decoded by the browser. AIFF that the browser does not know goes to the server as it is. */
export async function fileToWav(file) {
  if (file.size === 0) throw new Error(`${file.name} is empty.`);
  let start;
  try {
    start = await file.slice(0, 12).arrayBuffer();
  } catch {
    throw new Error(`${file.name} cannot be read. Is it a folder, or was it moved?`);
  }
  const head = new TextDecoder('latin1').decode(start);
  if (/^(RIFF|RF64|BW64)....WAVE/s.test(head)) {
    if (file.size <= mostBytes) return new Blob([file], { type: 'audio/wav' }); // A larger one becomes smaller below.
  }
  if (head.startsWith('fLaC')) {
    const [a, b, c] = new Uint8Array(await file.slice(18, 21).arrayBuffer()), told = a << 12 | b << 4 | c >> 4; // STREAMINFO
    if (told < lowestRate) throw new Error(`${file.name} has ${told} samples a second, and so nothing above ${told / 2} Hz; ${lowestRate} and more are taken.`);
  }
  const seconds = await secondsOf(file);
  if (!Number.isFinite(seconds) && file.size > mostBytes) throw new Error(`${file.name} is not a sound file that this browser can read, or a very long one.`);
  if (Number.isFinite(seconds) && seconds > mostSeconds) throw new Error(`${file.name} is longer than ${mostSeconds / 60} minutes; choose a shorter clip.`);
  let sound;
  try {
    sound = await new OfflineAudioContext(1, 1, rate).decodeAudioData(await file.arrayBuffer());
  } catch {
    if (/^FORM....AIF[FC]/s.test(head) && file.size <= mostBytes) return new Blob([file], { type: 'audio/aiff' });
    throw new Error(`${file.name} is not a sound file that this browser can read. Convert it to WAV (PCM, ${lowestRate / 1000} kHz or more).`);
  }
  if (sound.numberOfChannels > mostChannels) throw new Error(`${file.name} has ${sound.numberOfChannels} channels; one voice as mono or stereo is taken.`);
  const mono = new Float32Array(sound.length);
  for (let c = 0; c < sound.numberOfChannels; c++) {
    const channel = sound.getChannelData(c);
    for (let i = 0; i < mono.length; i++) mono[i] += channel[i] / sound.numberOfChannels;
  }
  const wav = toWav(mono, sound.sampleRate);
  if (wav.size > mostBytes) throw new Error(`${file.name} is longer than ${mostSeconds / 60} minutes; choose a shorter clip.`);
  return wav;
}
