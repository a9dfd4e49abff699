/**
 * A slider for each number that a program marks as input, with its value and its gradient.
 * It must not know how a program is run.
 */
import { short } from '../picture/numbers.ts'
import type { Moved, Slider } from '../run/messages.ts'
import { html } from './element.ts'

interface Row {
  readonly element: HTMLElement
  readonly range: HTMLInputElement
  readonly initial: number
  show(slider: Slider): void
}

export interface Sliders {
  show(sliders: readonly Slider[]): void
  /** The values of the sliders that were moved, by name. */
  readonly values: Readonly<Record<string, Moved>>
  /** Removes all sliders, before another program. */
  clear(): void
}

export function createSliders(parent: HTMLElement, moved: () => void): Sliders {
  const rows = new Map<string, Row>()
  let values: Record<string, Moved> = {}
  const rowOf = (slider: Slider) => {
    const known = rows.get(slider.name)
    if (known) return known
    const row = createRow(slider, value => {
      values = { ...values, [slider.name]: { initial: row.initial, num: value } }
      moved()
    })
    rows.set(slider.name, row)
    return row
  }
  return {
    show(sliders) {
      const names = new Set(sliders.map(({ name }) => name))
      for (const [name, { element }] of rows)
        if (!names.has(name)) {
          element.remove()
          rows.delete(name)
        }
      for (const slider of sliders) {
        const row = rowOf(slider)
        row.show(slider)
        if (!row.element.isConnected) parent.append(row.element)
      }
    },
    get values() {
      return values
    },
    clear() {
      values = {}
      rows.clear()
      parent.replaceChildren()
    },
  }
}

function createRow(first: Slider, moved: (value: number) => void): Row {
  const { name } = first
  const id = `slider-${name.replace(/[^\w-]/g, '-')}`
  const range = html('input', { type: 'range', id, min: first.min, max: first.max, step: 'any' })
  const num = html('output', { for: id, class: 'num' })
  const grad = html('output', { for: id, class: 'grad' })
  let shown = first
  const show = (slider: Slider) => {
    const { num: value, grad: gradient, min, max } = slider
    shown = slider
    range.min = String(min)
    range.max = String(max)
    range.step = String(slider.step)
    // the user moves a slider faster than the program runs
    if (document.activeElement !== range) range.value = String(value)
    range.style.setProperty('--share', String((Number(range.value) - min) / (max - min)))
    num.textContent = short(value)
    grad.textContent = gradient === null ? '' : `∂ ${short(gradient)}`
    const derivative = gradient === null ? '' : `, gradient ${short(gradient)}`
    range.setAttribute('aria-valuetext', `${short(value)}${derivative}`)
  }
  const stepped = (value: number) => {
    const { min, max, step } = shown
    const rounded = min + Math.round((value - min) / step) * step
    return Number(Math.min(max, Math.max(min, rounded)).toPrecision(12))
  }
  range.value = String(first.num)
  range.addEventListener('input', () => moved(stepped(Number(range.value))))
  const element = html('div', { class: 'slider' }, html('label', { for: id }, name), range, num, grad)
  return {
    element,
    range,
    show,
    get initial() {
      return shown.initial
    },
  }
}
