// The models that the server offers, and which of them is chosen.
import * as api from './api.js';
import { element } from './answer.js';
import { $ } from './page.js';

/** By a model's name: what a person reads, and its classes. */
export const titles = new Map(), classes = new Map();
let loading = null;

/** The chosen one's name. */
export const model = () => document.querySelector('[name=model]:checked')?.value;

/** It, and the one that it is compared with. */
export const asked = () => [...new Set([model(), $('compare').value])].filter(Boolean);

/** The answer, where it is about the classes that the page knows for the model: the name may be another model's by now. */
export function expected(answer, names) {
  const known = Object.keys(Object.fromEntries(names.map(name => [name]))); // in an object's order: numbers first
  if (known.join() !== Object.keys(answer.probabilities).join()) throw new Error(api.otherModels);
  return answer;
}

/** Loads them once; the server may not have been there when the page was. */
export const loadModels = () => loading ??= fetchModels().catch(error => {
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
