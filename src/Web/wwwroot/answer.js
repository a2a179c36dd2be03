import { colour, emoji, percentages } from './emotions.js';
import { drawStrip, drawTop } from './draw.js';
import { windowSeconds } from './limits.js';

/** An element with text and children. */
export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** A class's emoji, which a screen reader leaves out, and its name. */
function faced(tag, name) {
  const face = element('span', { className: 'emoji' }, emoji(name));
  face.setAttribute('aria-hidden', 'true');
  return element(tag, {}, face, ` ${name}`);
}

/** The answer in words, for the eye and for a screen reader. */
export function sentence(answer) {
  const name = answer.emotion, share = answer.probabilities[name];
  return answer.sure ? [name, `the model’s own estimate: ${Math.round(100 * share)} %`] : ['not sure', `closest: ${name}, ${Math.round(100 * share)} %`];
}

/** Shows an answer in a panel, its classes in the model's order (keys that are numbers would stand in their own); called again with the same panel, it only moves the bars. */
export function showAnswer(panel, answer, names, title) {
  const shares = names.map(name => answer.probabilities[name]), shown = percentages(shares);
  const [head, detail] = sentence(answer);
  if (panel.dataset.classes !== names.join()) {
    panel.dataset.classes = names.join();
    const bars = element('dl', { className: 'bars' });
    for (const name of names) {
      const fill = element('div');
      fill.style.background = colour(name);
      bars.append(faced('dt', name), element('div', { className: 'bar' }, fill), element('dd'));
    }
    bars.querySelectorAll('.bar').forEach(bar => bar.setAttribute('aria-hidden', 'true'));
    panel.replaceChildren(
      element('p', { className: 'quiet model' }),
      element('div', { className: 'verdict' }, element('span', { className: 'emoji' }), element('p', {}, element('strong'), element('span', { className: 'quiet' }))),
      bars);
    panel.querySelector('.verdict .emoji').setAttribute('aria-hidden', 'true');
  }
  panel.querySelector('.model').textContent = title;
  panel.querySelector('.verdict .emoji').textContent = answer.sure ? emoji(head) : '🤔';
  panel.querySelector('strong').textContent = head;
  panel.querySelector('.verdict .quiet').textContent = detail;
  panel.querySelectorAll('.bar div').forEach((fill, i) => { fill.style.width = `${100 * shares[i]}%`; });
  panel.querySelectorAll('dd').forEach((value, i) => { value.textContent = `${shown[i]} %`; });
}

/** Empties a panel that has shown an answer: silence is not judged. */
export function showNothing(panel, verdict) {
  panel.querySelector('.verdict .emoji').textContent = '🔇';
  panel.querySelector('strong').textContent = verdict;
  panel.querySelector('.verdict .quiet').textContent = '';
  panel.querySelectorAll('.bar div').forEach(fill => { fill.style.width = 0; });
  panel.querySelectorAll('dd').forEach(value => { value.textContent = ''; });
}

/** The timeline of one model: the strongest class, a strip for each, and the same as a table for those who cannot see it. */
export function timeline(answer, names, title) {
  const strips = element('div', { className: 'strips' });
  strips.setAttribute('role', 'img');
  strips.setAttribute('aria-label', `Emotion over time: ${answer.timeline.map(w => `${w.start.toFixed(1)} to ${w.end.toFixed(1)} seconds ${w.sure ? '' : 'not sure, closest '}${w.emotion}`).join(', ')}`);
  const strip = label => {
    const canvas = element('canvas', { height: 18 });
    strips.append(label, element('div', { className: 'plot' }, canvas, element('i', { className: 'cursor' })));
    return canvas;
  };
  const top = strip(element('span', { className: 'top' }, 'Strongest'));
  const canvases = names.map(name => strip(faced('span', name)));
  strips.append(element('span'), element('p', { className: 'axis quiet' }, element('span', {}, '0 s'), element('span', {}, `${answer.seconds.toFixed(1)} s`)));
  const cells = (tag, texts) => element('tr', {}, ...texts.map(text => element(tag, {}, text)));
  const rows = answer.timeline.map(w => cells('td', [`${w.start.toFixed(1)}–${w.end.toFixed(1)} s${w.sure ? '' : ', not sure'}`, ...percentages(w.probabilities).map(p => `${p} %`)]));
  const table = element('table', {}, element('thead', {}, cells('th', ['window', ...names])), element('tbody', {}, ...rows));
  const scroll = element('div', { className: 'scroll', tabIndex: 0 }, table);
  scroll.setAttribute('role', 'group');
  scroll.setAttribute('aria-label', 'Table of the timeline');
  const figure = element('figure', {},
    element('figcaption', {}, `Over time${title ? `, ${title}` : ''} `, element('span', { className: 'quiet' }, `a sliding window of ${windowSeconds} s; pale: not sure`)),
    strips, element('details', {}, element('summary', {}, 'As a table'), scroll));
  return { figure, draw: () => {
    drawTop(top, answer);
    canvases.forEach((canvas, i) => drawStrip(canvas, answer, i, names[i]));
  } };
}
