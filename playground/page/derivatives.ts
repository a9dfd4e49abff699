/**
 * The derivatives that a program asks for: how each is found and why, the compiled text, and the times of both engines.
 * It must not know how they are measured.
 */
import { createTextView } from '../editor/editor.ts'
import type { EngineTime, EngineTimes } from '../run/messages.ts'
import type { DerivativeCall } from '../worker/messages.ts'
import { html } from './element.ts'

export interface Derivatives {
  /** Shows the calls of a program; none for one that takes no derivative by a verb. */
  show(calls: readonly DerivativeCall[]): void
  /** The times of some of them. */
  time(times: readonly EngineTimes[]): void
}

/** @param goTo called with the place of a call. */
export function createDerivatives(parent: HTMLElement, goTo: (position: number) => void): Derivatives {
  const caption = html('figcaption')
  const engine = html('p', { class: 'engine' })
  const times = html('div', { class: 'times', role: 'status' })
  const text = html('div', { class: 'text' })
  const view = createTextView(text, 'Compiled derivative, read only')
  const figure = html('figure', { class: 'derivatives' }, caption, engine, times, text)
  let calls: readonly DerivativeCall[] = []
  let known = new Map<number, EngineTimes>()
  let chosen = 0

  const draw = () => {
    const call = calls[chosen]
    if (!call) return figure.remove()
    caption.replaceChildren('Derivatives', choices(calls, chosen, choose))
    engine.replaceChildren(...sentence(call, goTo))
    times.replaceChildren(...timesOf(call, known.get(chosen)))
    text.hidden = call.text === undefined
    view.show(call.text ?? '', [])
    if (!figure.isConnected) parent.append(figure)
  }
  const choose = (next: number) => {
    chosen = next
    draw()
    caption.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus()
  }
  return {
    show(next) {
      if (JSON.stringify(next) !== JSON.stringify(calls)) known = new Map()
      calls = next
      if (chosen >= calls.length) chosen = 0
      draw()
    },
    time(found) {
      for (const each of found) known.set(each.call, each)
      draw()
    },
  }
}

function choices(calls: readonly DerivativeCall[], chosen: number, choose: (index: number) => void): HTMLElement {
  const buttons = calls.map(({ verb, argument }, i) => {
    const name = argument.length <= 14 ? `${verb}(${argument})` : `${verb}(…)`
    const button = html('button', { type: 'button', 'aria-pressed': String(i === chosen), title: argument }, name)
    button.addEventListener('click', () => choose(i))
    return button
  })
  return html('span', { class: 'choices', role: 'group', 'aria-label': 'Derivative of' }, ...buttons)
}

function sentence({ line, from, engine, text }: DerivativeCall, goTo: (position: number) => void): readonly Node[] {
  const place = html('button', { type: 'button', class: 'place' }, `line ${line}`)
  place.addEventListener('click', () => goTo(from))
  const words = text === undefined ? engine : 'compiled: no operation is recorded'
  return [html('span', {}, words[0]!.toUpperCase() + words.slice(1)), place]
}

/** Bars whose lengths are times, and what they mean. */
function timesOf({ text }: DerivativeCall, times: EngineTimes | undefined): readonly Node[] {
  if (text === undefined) return []
  if (!times) return [html('p', { class: 'note' }, 'Being measured…')]
  const { compiled, taped, note } = times
  const rows = [
    ['compiled', compiled],
    ['tape', taped],
  ] as const
  const most = Math.max(...rows.map(([, time]) => time?.median ?? 0))
  const bars = rows.flatMap(([name, time]) => (time ? bar(name, time, most) : []))
  return [...bars, ...(note ? [html('p', { class: 'note' }, note)] : []), ...comparison(compiled, taped)]
}

function bar(name: string, time: EngineTime, most: number): readonly Node[] {
  const width = isMeasured(time) ? Math.max(0.5, (100 * time.median) / most) : 0.5
  return [
    html('span', { class: 'name' }, name),
    html('span', { class: `bar ${name}`, style: `--share: ${width}%`, 'aria-hidden': 'true' }),
    html('span', { class: 'time', title: precisely(time) }, spoken(time)),
  ]
}

/** A batch that the clock cannot tell from nothing. */
const isMeasured = ({ median, calls }: EngineTime) => median * calls >= 1

/** The fastest and the slowest batch differ by more than half. */
const isUneven = ({ least, most, batches }: EngineTime) => batches < 3 || most > 1.5 * least

function comparison(compiled: EngineTime | undefined, taped: EngineTime | undefined): readonly Node[] {
  const both = [compiled, taped].filter(each => each !== undefined)
  if (both.length === 0) return []
  const ratio =
    compiled && taped && both.every(isMeasured)
      ? `The tape takes ${rounded(taped.median / compiled.median)} times as long. `
      : ''
  const uneven = both.some(isUneven) ? ' They vary by more than half: take them for a guess.' : ''
  const batches = Math.min(...both.map(each => each.batches))
  const how = `${batches === 1 ? 'One batch' : `Medians of ${batches} batches`}, with the arguments of the first call.${uneven}`
  return [html('p', { class: 'note' }, ratio, how)]
}

const rounded = (x: number) => (x >= 10 ? String(Math.round(x)) : x.toPrecision(2))

function spoken(time: EngineTime): string {
  if (!isMeasured(time)) return 'too short to measure'
  return inUnits(time.median)
}

const precisely = (time: EngineTime) =>
  `${inUnits(time.least)} to ${inUnits(time.most)}, ${time.batches} batches of ${time.calls} calls`

function inUnits(milliseconds: number): string {
  const [unit, factor] = milliseconds >= 1 ? ['ms', 1] : milliseconds >= 1e-3 ? ['µs', 1e3] : ['ns', 1e6]
  const value = milliseconds * (factor as number)
  return `${value >= 100 ? Math.round(value) : value.toPrecision(2)} ${unit}`
}
