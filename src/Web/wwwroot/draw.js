import { bytes } from './api.js';
import { colour } from './emotions.js';

/** Sets a canvas up for the screen's own pixels. */
function fit(canvas, height) {
  const ratio = window.devicePixelRatio || 1, width = canvas.clientWidth || 600;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.height = `${height}px`;
  const pen = canvas.getContext('2d');
  pen.scale(ratio, ratio);
  return [pen, width];
}

export function drawWave(canvas, picture) {
  const height = 72, [pen, width] = fit(canvas, height);
  const low = bytes(picture.low), high = bytes(picture.high);
  const gain = 0.94; // of the height
  pen.fillStyle = getComputedStyle(canvas).color;
  const step = width / low.length;
  for (let i = 0; i < low.length; i++) {
    const top = height / 2 * (1 - gain * (high[i] / 127.5 - 1)), bottom = height / 2 * (1 - gain * (low[i] / 127.5 - 1));
    pen.fillRect(i * step, top, Math.max(step, 1), Math.max(1, bottom - top));
  }
}

// A few points of a dark-to-bright scale whose lightness rises evenly (after matplotlib's magma).
const scale = [[0, 0, 4], [40, 17, 89], [114, 31, 129], [183, 55, 121], [241, 96, 93], [254, 176, 120], [252, 253, 191]];

function shade(value) {
  const at = value / 255 * (scale.length - 1), i = Math.min(scale.length - 2, Math.floor(at)), part = at - i;
  return scale[i].map((from, k) => from + part * (scale[i + 1][k] - from));
}

export function drawMel(canvas, picture) {
  const height = 128, [pen, width] = fit(canvas, height);
  const levels = bytes(picture.levels), { bands, columns } = picture;
  const image = new ImageData(columns, bands);
  for (let column = 0; column < columns; column++) {
    for (let band = 0; band < bands; band++) {
      image.data.set([...shade(levels[column * bands + band]), 255], 4 * ((bands - 1 - band) * columns + column));
    }
  }
  const small = new OffscreenCanvas(columns, bands);
  small.getContext('2d').putImageData(image, 0, 0);
  pen.imageSmoothingEnabled = columns < width;
  pen.drawImage(small, 0, 0, width, height);
}

/** Paints each window of a timeline over the hop about its middle; `paint` sets the colour. */
function paintWindows(canvas, { timeline, seconds }, paint) {
  const height = 18, [pen, width] = fit(canvas, height);
  const middle = window => (window.start + window.end) / 2;
  timeline.forEach((window, i) => {
    const before = timeline[i - 1], after = timeline[i + 1];
    const from = before ? Math.max(window.start, (middle(before) + middle(window)) / 2) : window.start;
    const to = after ? Math.min(window.end, (middle(window) + middle(after)) / 2) : window.end;
    paint(pen, window);
    const left = Math.round(from / seconds * width), right = Math.round(to / seconds * width); // Whole pixels leave no seams.
    pen.fillRect(left, 0, Math.max(1, right - left), height);
  });
}

/** One class's strip of a timeline: the more probable, the fuller the colour. */
export function drawStrip(canvas, answer, index, name) {
  paintWindows(canvas, answer, (pen, window) => {
    pen.fillStyle = colour(name);
    pen.globalAlpha = 0.04 + 0.96 * window.probabilities[index];
  });
}

/** The most probable class of each window in its colour, paler where the model is not sure. */
export function drawTop(canvas, answer) {
  paintWindows(canvas, answer, (pen, window) => {
    pen.fillStyle = colour(window.emotion);
    pen.globalAlpha = window.sure ? 1 : 0.3;
  });
}
